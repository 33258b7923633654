import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../vscode/browser.ts';
import type { Tab, TabBrowser } from './tab.ts';

/** Starts a Chromium that accepts every certificate. */
export async function launchChromium(executable: string): Promise<TabBrowser> {
  const browser = await launchBrowser({ executable, headless: true });
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const inspector = await browser.newBrowserCDPSession();
  return {
    async newTab() {
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      const { targetInfo } = await session.send('Target.getTargetInfo');
      return new ChromiumTab(page, inspector, targetInfo.targetId);
    },
    close: () => browser.close(),
  };
}

class ChromiumTab implements Tab {
  readonly #page: Page;
  readonly #inspector: CDPSession;
  readonly #targetId: string;

  constructor(page: Page, inspector: CDPSession, targetId: string) {
    this.#page = page;
    this.#inspector = inspector;
    this.#targetId = targetId;
  }

  async open(url: string): Promise<void> {
    // Rejects if the browser shows an error, or if the page redirects to one that waits.
    await this.#page.goto(url, { waitUntil: 'commit' }).catch(() => undefined);
  }

  async click(selector: string): Promise<void> {
    await this.#page.click(selector, { noWaitAfter: true });
  }

  async back(): Promise<void> {
    await this.#page.goBack({ waitUntil: 'commit' });
  }

  /** The page’s own URL is another while the browser shows an error. */
  async address(): Promise<string> {
    const target = { targetId: this.#targetId };
    const { targetInfo } = await this.#inspector.send('Target.getTargetInfo', target);
    return targetInfo.url;
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#page.evaluate(expression);
  }
}
