import type { BrowserContext, Locator, Page } from 'playwright-core';
import { QuickInput } from '../vscode/quickInput.ts';

/** How long a window may take to start, in milliseconds. */
const readyWithinMs = 90_000;

/** A window of Theia, as a user sees it. Every method waits for the elements that it uses. */
export class TheiaPage {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly #accounts: Locator;
  readonly #menu: Locator;

  private constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.#accounts = page.locator('.theia-sidebar-menu-item:has(.codicon-account)');
    this.#menu = page.locator('.lm-Menu');
  }

  static async open(context: BrowserContext, url: string): Promise<TheiaPage> {
    const page = await context.newPage();
    await page.goto(url, { timeout: readyWithinMs });
    const window = new TheiaPage(page);
    await window.#accounts.waitFor({ timeout: readyWithinMs });
    return window;
  }

  /** Leaves the window, does `meanwhile`, and opens the window again. */
  async reload(meanwhile?: () => Promise<void>): Promise<void> {
    const url = this.page.url();
    await this.page.goto('about:blank');
    await meanwhile?.();
    await this.page.goto(url, { timeout: readyWithinMs });
    await this.#accounts.waitFor({ timeout: readyWithinMs });
  }

  /** Waits until the Accounts icon has this number. */
  async untilBadge(number: string): Promise<void> {
    const badge = this.#accounts.locator('.theia-badge-decorator-sidebar');
    await badge.getByText(number, { exact: true }).waitFor({ timeout: readyWithinMs });
  }

  /** Waits until the Accounts menu has this entry, and leaves it open. Returns all entries. */
  async openAccountsWith(entry: string): Promise<string[]> {
    await this.page.bringToFront();
    const deadline = AbortSignal.timeout(30_000);
    for (;;) {
      deadline.throwIfAborted();
      await this.#accounts.click();
      await this.#menu.first().waitFor();
      const entries = await this.#menu.first().locator('.lm-Menu-itemLabel').allInnerTexts();
      if (entries.includes(entry)) return entries;
      await this.closeMenu();
    }
  }

  async closeMenu(): Promise<void> {
    while (await this.#menu.first().isVisible()) await this.page.keyboard.press('Escape');
  }

  /** Clicks an entry of the open menu, or of the submenu of an entry. */
  async clickInMenu(entry: string, inSubmenu?: string): Promise<void> {
    await this.#entry(entry).hover();
    await this.#entry(inSubmenu ?? entry).click();
  }

  /** Clicks a button of the dialog that contains this text. */
  async answer(text: string | RegExp, button: string): Promise<void> {
    await this.page.bringToFront();
    const dialog = this.page.locator('.dialogOverlay', { hasText: text });
    await dialog.getByRole('button', { name: button, exact: true }).click();
  }

  /** Waits for a notification whose text matches, and returns its whole text. */
  async notification(text: string | RegExp): Promise<string> {
    await this.page.bringToFront();
    return this.page.locator('.theia-notification-message', { hasText: text }).first().innerText();
  }

  /** Clicks a button of a notification that contains this text. */
  async clickNotification(text: string | RegExp, button: string): Promise<void> {
    await this.page.bringToFront();
    const items = this.page.locator('.theia-notification-list-item', { hasText: text });
    await items.getByRole('button', { name: button, exact: true }).first().click();
  }

  /** Runs a command of the palette by its full title. */
  async runCommand(title: string): Promise<void> {
    await this.page.bringToFront();
    for (;;) {
      await this.page.keyboard.press('F1');
      await this.quickInput.fill(`>${title}`);
      if (await this.quickInput.offers(title, 1000)) return this.quickInput.pick(title);
      await this.quickInput.cancel();
    }
  }

  /** Runs `action`, which opens an external URL, and returns the tab when it has loaded. */
  async popup(action: () => Promise<void>): Promise<Page> {
    const opened = this.page.context().waitForEvent('page');
    await action();
    const tab = await opened;
    await tab.waitForLoadState();
    return tab;
  }

  #entry(label: string): Locator {
    return this.#menu
      .locator('.lm-Menu-item')
      .filter({ has: this.page.getByText(label, { exact: true }) });
  }
}
