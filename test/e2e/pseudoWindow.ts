import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Fixture } from '../editorFixture.ts';
import { pseudo, PSEUDO_LANGUAGE } from '../pseudoLanguage.ts';

/** A window in the pseudo-language. Its methods return texts, or take English names of controls. */
export class PseudoWindow {
  readonly #editor: Fixture;

  constructor(editor: Fixture) {
    this.#editor = editor;
  }

  /** Runs a command of this extension by its English title. */
  run(title: string): Promise<void> {
    return this.#editor.workbench.runCommand(`${pseudo('Spotify')}: ${pseudo(title)}`);
  }

  /** Calls `press`, which opens the next list or input box, and returns the texts of that. */
  async goOn(press: () => Promise<void>): Promise<string[]> {
    const { quickInput } = this.#editor.workbench;
    const before = await quickInput.title();
    await press();
    while ((await quickInput.title()) === before);
    return this.input();
  }

  /** Returns the texts of the list or input box, and the accessible names of its buttons. */
  async input(): Promise<string[]> {
    const input = this.#editor.workbench.page.locator('.quick-input-widget:visible');
    const buttons = await input.locator('a.action-label').all();
    const names = await Promise.all(buttons.map((button) => button.getAttribute('aria-label')));
    const placeholder = await input.locator('.quick-input-box input').getAttribute('placeholder');
    return [await input.innerText(), ...names, placeholder].map((text) => text ?? '');
  }

  /** Waits for the list or input box with this title, and returns its texts. */
  async inputOf(title: string): Promise<string[]> {
    await this.#editor.workbench.quickInput.waitForTitle(title);
    return this.input();
  }

  /** Waits for a toast with this text, and returns the texts of all toasts. */
  async toasts(shown: string): Promise<string[]> {
    const { page } = this.#editor.workbench;
    await page.bringToFront();
    const toasts = page.locator('.notifications-toasts');
    await toasts.getByText(shown).first().waitFor();
    return toasts.allInnerTexts();
  }

  /** Clicks a button or a link of a toast by its English name. */
  click(role: 'button' | 'link', name: string): Promise<void> {
    const toasts = this.#editor.workbench.page.locator('.notifications-toasts');
    return toasts.getByRole(role, { name: part(name) }).click();
  }

  /** Waits for the page after Spotify’s, closes it, and returns its texts. */
  async leave(tab: Page): Promise<string[]> {
    await tab.waitForURL('**/done');
    const texts = [await tab.title(), await tab.locator('body').innerText()];
    assert.equal(await tab.locator('html').getAttribute('lang'), PSEUDO_LANGUAGE);
    await tab.close();
    return texts;
  }
}

/** Returns `pseudo(text)` without the brackets, for a part of a text. */
export const part = (text: string): string => pseudo(text).slice(1, -1);
