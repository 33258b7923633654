import type { BrowserContext, Locator, Page } from 'playwright-core';
import { AccountsMenu } from './accountsMenu.ts';
import { ModalDialog } from './modalDialog.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';

/** Slow machines need half of it for the first start. */
const readyWithinMs = 90_000;

/** How long the palette is given to list a command, at each attempt: in all longer than any start. */
const commandWaitsMs = [250, 500, 1_000, ...Array<number>(10).fill(2_000)];

/** Opens a window of the editor in a tab of its own and waits until it takes commands. */
export async function openWorkbench(context: BrowserContext, url: string): Promise<WorkbenchPage> {
  const page = await context.newPage();
  await page.goto(url, { timeout: readyWithinMs });
  const workbench = new WorkbenchPage(page);
  await workbench.waitUntilReady();
  return workbench;
}

/**
 * One window of the editor, as a person sees and uses it. Every member waits for what it needs,
 * and rejects with Playwright's TimeoutError when that does not come.
 */
export class WorkbenchPage {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly dialog: ModalDialog;
  readonly notifications: Notifications;
  readonly accounts: AccountsMenu;

  constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.dialog = new ModalDialog(page);
    this.notifications = new Notifications(page);
    this.accounts = new AccountsMenu(page);
  }

  /** Ready means: the server is connected and its extensions are listed, not yet activated. */
  async waitUntilReady(): Promise<void> {
    const remote = this.page.locator('[id="status.host"]:not([aria-label*="Opening"])');
    await remote.waitFor({ timeout: readyWithinMs });
  }

  /**
   * Runs a command of the palette by its whole title, such as `Developer: Reload Window`.
   *
   * @throws Error when the palette does not offer it, though asked repeatedly: commands of
   * extensions join it some time after the start, but not while it is open
   */
  async runCommand(title: string): Promise<void> {
    // A browser hardly draws a page that is behind another.
    await this.page.bringToFront();
    for (const waitMs of commandWaitsMs) {
      await this.page.keyboard.press('F1');
      await this.quickInput.fill(`>${title}`);
      if (await this.quickInput.offers(title, waitMs)) return this.quickInput.pick(title);
      await this.quickInput.cancel();
    }
    throw new Error(`The command palette has no "${title}".`);
  }

  /** The texts of the status bar, from left to right. */
  async statusBar(): Promise<string[]> {
    const texts = await this.page.locator('.statusbar-item:visible').allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /**
   * Does something that opens an external address and returns the tab with it, loaded.
   * Answers the editor's question whether to open that address, if it asks.
   */
  async waitForPopup(action: () => Promise<void>): Promise<Page> {
    const opened = this.page.context().waitForEvent('page');
    const open = async () => {
      await action();
      await Promise.race([opened, this.dialog.waitFor('external website')]);
      if (await this.dialog.isOpen()) await this.dialog.clickButton('Open');
    };
    const [popup] = await Promise.all([opened, open()]);
    await popup.waitForLoadState();
    return popup;
  }

  /** What was copied last. */
  async clipboard(): Promise<string> {
    await this.page.bringToFront();
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** All of the text document of this tab, which has just been opened. */
  async copyDocument(tab: string | RegExp): Promise<string> {
    return this.copiedBy(async () => {
      await this.page.getByRole('tab', { name: tab }).waitFor();
      await this.page.keyboard.press('Control+A');
      await this.page.keyboard.press('Control+C');
    });
  }

  /** Does something that copies a text, perhaps a moment later, and returns it. */
  async copiedBy(action: () => Promise<void>): Promise<string> {
    await this.page.bringToFront();
    await this.page.evaluate(`navigator.clipboard.writeText('')`);
    await action();
    for (;;) {
      const text = await this.clipboard();
      if (text) return text;
    }
  }

  /** Loads the window again: its extension host is a fresh one, its storage the same. */
  async reloadWindow(): Promise<void> {
    await this.page.bringToFront();
    await this.page.reload({ timeout: readyWithinMs });
    await this.waitUntilReady();
  }

  /** Writes what is to be seen into a PNG file. */
  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file });
  }
}
