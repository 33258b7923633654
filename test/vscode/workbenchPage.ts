import type { BrowserContext, Locator, Page } from 'playwright-core';
import { AccountsMenu } from './accountsMenu.ts';
import { waitForLastParts } from './lastParts.ts';
import { ModalDialog } from './modalDialog.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';

/** How long a window may take to start, in milliseconds. A slow machine needs half of it. */
const readyWithinMs = 90_000;

/** How long each attempt waits for the palette to list a command; together longer than a start. */
const commandWaitsMs = [250, 500, 1_000, ...Array<number>(10).fill(2_000)];

/** Opens a window of the editor in a new tab, and waits until it accepts commands. */
export async function openWorkbench(context: BrowserContext, url: string): Promise<WorkbenchPage> {
  const page = await context.newPage();
  await page.goto(url, { timeout: readyWithinMs });
  const workbench = new WorkbenchPage(page);
  await workbench.waitUntilReady();
  return workbench;
}

/**
 * A window of the editor, as a user sees it. Every method waits for the elements that it uses, and
 * rejects with Playwright’s TimeoutError if they do not appear.
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

  /** Waits until the server is connected and its extensions are listed, but perhaps not activated. */
  async waitUntilReady(): Promise<void> {
    const remote = this.page.locator('[id="status.host"]:not([aria-label*="Opening"])');
    await remote.waitFor({ timeout: readyWithinMs });
  }

  /** Waits until the window asks before it opens a link. A window that has just started does not. */
  waitUntilItAsksBeforeLinks(): Promise<void> {
    return waitForLastParts(this.page);
  }

  /**
   * Runs a command of the palette by its full title, such as `Developer: Reload Window`.
   *
   * @throws Error if the palette does not list it after several attempts. It lists the commands of
   * extensions some time after the start, but adds none while it is open.
   */
  async runCommand(title: string): Promise<void> {
    // A browser hardly updates a page that is behind another.
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
   * Runs `action`, which opens an external URL, and returns the tab when it has loaded. If the editor
   * asks whether to open the URL, confirms.
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

  /** The text in the clipboard. */
  async clipboard(): Promise<string> {
    await this.page.bringToFront();
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** The whole text of a document that has just been opened in a tab of this name. */
  async copyDocument(tab: string | RegExp): Promise<string> {
    return this.copiedBy(async () => {
      await this.page.getByRole('tab', { name: tab }).waitFor();
      await this.page.keyboard.press('Control+A');
      await this.page.keyboard.press('Control+C');
    });
  }

  /** Runs `action`, waits until the clipboard has a text, and returns that. */
  async copiedBy(action: () => Promise<void>): Promise<string> {
    await this.page.bringToFront();
    await this.page.evaluate(`navigator.clipboard.writeText('')`);
    await action();
    for (;;) {
      const text = await this.clipboard();
      if (text) return text;
    }
  }

  /** Reloads the window. It gets a new extension host, and keeps its storage. */
  async reloadWindow(): Promise<void> {
    await this.page.bringToFront();
    await this.page.reload({ timeout: readyWithinMs });
    await this.waitUntilReady();
  }

  /** Writes a screenshot into a PNG file. */
  async screenshot(file: string): Promise<void> {
    // A menu that fades in would be half transparent.
    await this.page.screenshot({ path: file, animations: 'disabled' });
  }
}
