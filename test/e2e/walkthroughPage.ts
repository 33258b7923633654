import type { Locator, Page } from 'playwright-core';

/** The editor tab with the walkthrough. The methods wait for the elements that they use. */
export class WalkthroughPage {
  readonly #page: Page;
  readonly #steps: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#steps = page.locator('.getting-started-step');
  }

  /** Returns how many steps are visible. */
  count(): Promise<number> {
    return this.#steps.count();
  }

  async titles(): Promise<string[]> {
    await this.#steps.first().waitFor();
    return this.#steps.locator('.step-title').allInnerTexts();
  }

  /** Returns all texts, also those of closed steps. */
  async texts(): Promise<string[]> {
    await this.#steps.first().waitFor();
    const head = this.#page.locator('.gettingStartedSlideDetails .category-description-container');
    return head.or(this.#steps).allTextContents();
  }

  /** Opens a step, unless it is open. */
  async select(title: string): Promise<void> {
    const step = this.#step(title);
    const isOpen = (await step.getAttribute('class'))?.includes('expanded');
    if (!isOpen) await step.locator('.step-title').click();
    await step.and(this.#page.locator('.expanded')).waitFor();
  }

  /** Clicks a button of an open step. */
  async click(title: string, button: string): Promise<void> {
    await this.#step(title).getByRole('button', { name: button, exact: true }).click();
  }

  /** Waits until the editor has marked a step as done. */
  async waitUntilDone(title: string): Promise<void> {
    await this.#box(title).and(this.#page.locator('[aria-checked=true]')).waitFor();
  }

  async isDone(title: string): Promise<boolean> {
    return (await this.#box(title).getAttribute('aria-checked')) === 'true';
  }

  /** Returns the picture beside the open step: its URL, or the content of an SVG. */
  async picture(): Promise<string> {
    const frame = this.#page.frameLocator('iframe.webview').frameLocator('#active-frame');
    const drawing = frame.locator('svg');
    const photo = this.#page.locator('.getting-started-media img');
    await Promise.any([drawing.waitFor(), photo.waitFor()]);
    if (await photo.isVisible()) return String(await photo.getAttribute('src'));
    return drawing.innerHTML();
  }

  #step(title: string): Locator {
    return this.#steps.filter({ has: this.#page.getByRole('heading', { name: title }) });
  }

  #box(title: string): Locator {
    return this.#step(title).locator('[role=checkbox]');
  }
}
