import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { agreeAs, type Fixture } from '../editorFixture.ts';
import { pseudo } from '../pseudoLanguage.ts';
import { part, type PseudoWindow } from './pseudoWindow.ts';

/** The surfaces of a sign-in in the pseudo-language. Each method opens one and returns its texts. */
export class PseudoSignIn {
  readonly #editor: Fixture;
  readonly #window: PseudoWindow;
  /** The tab of Spotify’s page. */
  #tab: Page | undefined;

  constructor(editor: Fixture, window: PseudoWindow) {
    this.#editor = editor;
    this.#window = window;
  }

  async decline(): Promise<string[]> {
    const tab = await this.#open(() => this.#window.run('Sign In'));
    await tab.bringToFront();
    await tab.getByRole('button', { name: 'Cancel' }).click();
    return this.#window.leave(tab);
  }

  async tryAgain(): Promise<string[]> {
    await this.#open(() => this.#window.click('button', 'Try Again'));
    return this.#window.toasts(part('Paste the address'));
  }

  async askBeforeHelp(): Promise<string[]> {
    const { dialog } = this.#editor.workbench;
    await this.#window.run('Open Sign-In Page Again');
    await dialog.waitFor(part('Did you choose'));
    const { text, buttons } = await dialog.content();
    await dialog.clickButton('Cancel');
    return [text, ...buttons];
  }

  async listFlows(): Promise<string[]> {
    const { quickInput } = this.#editor.workbench;
    await this.#window.click('link', 'Try another way');
    const title = pseudo('How Should the Browser Return to {0}?');
    const texts = await this.#window.inputOf(title.replace('{0}', 'code-server'));
    await quickInput.cancel();
    return texts;
  }

  async pageSays(): Promise<string[]> {
    await this.#window.click('link', 'What does the page say?');
    return this.#window.inputOf(pseudo('What Does Spotify’s Page Say?'));
  }

  async pasteNonsense(): Promise<string[]> {
    const { quickInput } = this.#editor.workbench;
    const texts = await this.#window.goOn(() =>
      quickInput.pick(pseudo('The page cannot be reached')),
    );
    await quickInput.fill('nonsense');
    await quickInput.waitForMessage(part('This is not'));
    texts.push(await quickInput.message());
    await quickInput.cancel();
    return texts;
  }

  async agree(name: string): Promise<string[]> {
    const tab = this.#tab;
    assert.ok(tab);
    await tab.bringToFront();
    await agreeAs(tab, name);
    return this.#window.leave(tab);
  }

  /** Signs in as another user, from the list of accounts. */
  async signInAs(name: string): Promise<string[]> {
    const { quickInput } = this.#editor.workbench;
    await this.#window.run('Show Accounts');
    await this.#open(() => quickInput.clickButton(pseudo('Sign In with Another Account')));
    return this.agree(name);
  }

  async #open(press: () => Promise<void>): Promise<Page> {
    const { workbench } = this.#editor;
    this.#tab = await workbench.waitForPopup(press);
    await workbench.page.bringToFront();
    return this.#tab;
  }
}
