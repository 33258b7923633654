import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Fixture } from '../editorFixture.ts';
import { pseudo, PSEUDO_LANGUAGE } from '../pseudoLanguage.ts';

/** What can be read in a window whose language is the pseudo-language, and how to get on in it. */
export class PseudoWindow {
  readonly #editor: Fixture;

  constructor(editor: Fixture) {
    this.#editor = editor;
  }

  /** Runs a command of ours, by its title in English. */
  run(title: string): Promise<void> {
    return this.#editor.workbench.runCommand(`${pseudo('Spotify')}: ${pseudo(title)}`);
  }

  /** Presses what leads from the list or box to the next one, and returns the texts of that. */
  async goOn(press: () => Promise<void>): Promise<string[]> {
    const { quickInput } = this.#editor.workbench;
    const before = await quickInput.title();
    await press();
    while ((await quickInput.title()) === before);
    return this.input();
  }

  /** What can be read in the list or box, and what a screen reader says of its buttons. */
  async input(): Promise<string[]> {
    const input = this.#editor.workbench.page.locator('.quick-input-widget:visible');
    const buttons = await input.locator('a.action-label').all();
    const names = await Promise.all(buttons.map((button) => button.getAttribute('aria-label')));
    const placeholder = await input.locator('.quick-input-box input').getAttribute('placeholder');
    return [await input.innerText(), ...names, placeholder].map((text) => text ?? '');
  }

  /** The same, as soon as the title is this one. */
  async inputOf(title: string): Promise<string[]> {
    await this.#editor.workbench.quickInput.waitForTitle(title);
    return this.input();
  }

  /** The toasts, as soon as one shows this. */
  async toasts(shown: string): Promise<string[]> {
    const { page } = this.#editor.workbench;
    await page.bringToFront();
    const toasts = page.locator('.notifications-toasts');
    await toasts.getByText(shown).first().waitFor();
    return toasts.allInnerTexts();
  }

  /** Presses a button or a link of a toast, by its name in English. */
  click(role: 'button' | 'link', name: string): Promise<void> {
    const toasts = this.#editor.workbench.page.locator('.notifications-toasts');
    return toasts.getByRole(role, { name: part(name) }).click();
  }

  /** Closes the page on which a browser ends, and returns its texts. */
  async leave(tab: Page): Promise<string[]> {
    await tab.waitForURL('**/done');
    const texts = [await tab.title(), await tab.locator('body').innerText()];
    assert.equal(await tab.locator('html').getAttribute('lang'), PSEUDO_LANGUAGE);
    await tab.close();
    return texts;
  }
}

/** The same in the pseudo-language, as it stands within a longer text. */
export const part = (text: string): string => pseudo(text).slice(1, -1);
