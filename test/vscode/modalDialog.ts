import type { Locator, Page } from 'playwright-core';

export interface DialogContent {
  /** The message and the details under it, in one line. */
  readonly text: string;
  /** From left to right. */
  readonly buttons: string[];
}

/** The modal dialog of the window. Its methods wait until one is shown. */
export class ModalDialog {
  readonly #page: Page;
  readonly #box: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#box = page.locator('.monaco-dialog-box');
  }

  async content(): Promise<DialogContent> {
    const text = await this.#box.locator('.dialog-message-container').innerText();
    return {
      text: text.replace(/\s+/g, ' ').trim(),
      buttons: await this.#box.locator('.dialog-buttons [role=button]').allInnerTexts(),
    };
  }

  /** Waits for a dialog that contains this text. */
  async waitFor(text: string | RegExp): Promise<void> {
    await this.#page.bringToFront();
    await this.#box.filter({ hasText: text }).waitFor();
  }

  async isOpen(): Promise<boolean> {
    return this.#box.isVisible();
  }

  async clickButton(name: string): Promise<void> {
    await this.#page.bringToFront();
    await this.#box.getByRole('button', { name, exact: true }).click();
  }
}
