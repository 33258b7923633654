import type { Locator, Page } from 'playwright-core';

/** The input box or list at the top of the window. Its methods wait until one is shown. */
export class QuickInput {
  readonly #page: Page;
  readonly #box: Locator;
  readonly #input: Locator;
  readonly #rows: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#box = page.locator('.quick-input-widget:visible');
    this.#input = this.#box.locator('.quick-input-box input');
    this.#rows = this.#box.locator('.quick-input-list .monaco-list-row');
  }

  /** Waits for an input box or list with this title. */
  async waitForTitle(title: string): Promise<void> {
    await this.#box.locator('.quick-input-title').getByText(title, { exact: true }).waitFor();
  }

  async title(): Promise<string> {
    return this.#box.locator('.quick-input-title').innerText();
  }

  async placeholder(): Promise<string> {
    return (await this.#input.getAttribute('placeholder')) ?? '';
  }

  /** The text below the input: the prompt, or why the value is not accepted. */
  async message(): Promise<string> {
    return this.#box.locator('.quick-input-message').innerText();
  }

  /** Waits until the message contains this text. */
  async waitForMessage(text: string | RegExp): Promise<void> {
    await this.#box.locator('.quick-input-message', { hasText: text }).waitFor();
  }

  /** Replaces the value, without accepting it. */
  async fill(value: string): Promise<void> {
    await this.#input.fill(value);
  }

  /** Waits until the input has exactly this value. */
  async waitForValue(value: string): Promise<void> {
    while ((await this.#input.inputValue()) !== value);
  }

  async accept(): Promise<void> {
    await this.#input.press('Enter');
  }

  /** The labels of the visible items. */
  async items(): Promise<string[]> {
    await this.#rows.first().waitFor();
    return this.#rows.locator('.quick-input-list-row:first-child .label-name').allInnerTexts();
  }

  /** Whether the list has an item with this label within `withinMs` milliseconds. */
  async offers(label: string, withinMs: number): Promise<boolean> {
    return this.#row(label)
      .waitFor({ timeout: withinMs })
      .then(
        () => true,
        () => false,
      );
  }

  async pick(label: string): Promise<void> {
    await this.#row(label).click();
  }

  /** Clicks the checkbox of an item. The button `OK` accepts the choice. */
  async toggle(label: string): Promise<void> {
    await this.#row(label).getByRole('checkbox').click();
  }

  /** Clicks a button of the title bar by its tooltip. */
  async clickButton(name: string): Promise<void> {
    await this.#box.getByRole('button', { name, exact: true }).click();
  }

  async cancel(): Promise<void> {
    await this.#input.press('Escape');
    await this.waitUntilClosed();
  }

  async waitUntilClosed(): Promise<void> {
    await this.#box.waitFor({ state: 'hidden' });
  }

  #row(label: string): Locator {
    return this.#rows.filter({ has: this.#page.getByText(label, { exact: true }) });
  }
}
