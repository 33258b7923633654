import type { Locator, Page } from 'playwright-core';

/** The Accounts menu in the activity bar. */
export class AccountsMenu {
  readonly #page: Page;
  readonly #button: Locator;
  readonly #menu: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#button = page.locator('.activitybar [role=button][aria-label^="Accounts"]');
    this.#menu = page.locator('.monaco-menu').first();
  }

  /** The number on the icon, which counts requests to sign in; empty when there are none. */
  async badge(): Promise<string> {
    const badge = this.#button.locator('.badge-content');
    return (await badge.isVisible()) ? badge.innerText() : '';
  }

  /** Opens the menu, once the editor has loaded the accounts, and lists its entries. */
  async open(): Promise<string[]> {
    for (;;) {
      await this.#button.click();
      await this.#menu.waitFor();
      const entries = await labels(this.#menu);
      if (!entries.includes('Loading...')) return entries;
      await this.close();
    }
  }

  /** Chooses an entry of the open menu, or of its open submenu. */
  async click(label: string): Promise<void> {
    await this.#entry(label).click();
  }

  /** Opens the submenu of an entry of the open menu, and lists its entries. */
  async openSubmenu(label: string): Promise<string[]> {
    await this.#entry(label).hover();
    const submenu = this.#page.locator('.monaco-submenu .monaco-action-bar');
    await submenu.waitFor();
    return labels(submenu);
  }

  async close(): Promise<void> {
    while (await this.#menu.isVisible()) await this.#page.keyboard.press('Escape');
  }

  #entry(label: string): Locator {
    return this.#page.getByRole('menuitem', { name: label, exact: true });
  }
}

async function labels(menu: Locator): Promise<string[]> {
  return menu.locator('.action-menu-item > .action-label').allInnerTexts();
}
