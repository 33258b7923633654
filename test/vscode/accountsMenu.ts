import type { Locator, Page } from 'playwright-core';
import { waitForLastParts } from './lastParts.ts';

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

  /** Waits until the icon has this number; `''` stands for none. */
  async untilBadge(number: string): Promise<void> {
    await this.#page.bringToFront();
    const badge = this.#button.locator('.badge-content:visible');
    if (number === '') await badge.waitFor({ state: 'detached' });
    else await badge.getByText(number, { exact: true }).waitFor();
  }

  /** Opens the menu, once the editor has loaded the accounts, and lists its entries. */
  async open(): Promise<string[]> {
    await this.#page.bringToFront();
    await waitForLastParts(this.#page);
    for (;;) {
      await this.#button.click();
      await this.#menu.waitFor();
      const entries = await labels(this.#menu);
      if (!entries.includes('Loading...')) return entries;
      await this.close();
    }
  }

  /** Opens the menu when it has this entry. Extensions add their entries when they are activated. */
  async openWith(entry: string): Promise<string[]> {
    for (;;) {
      const entries = await this.open();
      if (entries.includes(entry)) return entries;
      await this.close();
    }
  }

  /** Chooses an entry of the open menu, or of its open submenu. */
  async click(label: string): Promise<void> {
    const entry = this.#entry(label);
    // VS Code ignores clicks in the first tenth of a second of a menu.
    do await entry.click();
    while (!(await isGone(entry)));
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

const isGone = (entry: Locator): Promise<boolean> =>
  entry.waitFor({ state: 'detached', timeout: 500 }).then(
    () => true,
    () => false,
  );

async function labels(menu: Locator): Promise<string[]> {
  return menu.locator('.action-menu-item > .action-label').allInnerTexts();
}
