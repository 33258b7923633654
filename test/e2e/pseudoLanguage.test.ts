import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { example } from '../../scripts/paths.ts';
import { agreeAs, Fixture } from '../editorFixture.ts';
import { packageWithPseudoLanguage, pseudo, PSEUDO_LANGUAGE } from '../pseudoLanguage.ts';
import { DEMO_CLIENT_ID } from '../spotify/index.ts';

/** In a notification, VS Code makes a link of such a name unless we take it apart. */
const NAME = '[Alva](command:workbench.action.terminal.new) Lind';
const NAME_SHOWN = '[Alva] (command:workbench.action.terminal.new) Lind';

/** What is in English because it is not ours, or no word. */
const NOT_OURS: readonly (string | RegExp)[] = [
  NAME_SHOWN,
  NAME,
  'user-read-private',
  DEMO_CLIENT_ID,
  DEMO_CLIENT_ID.slice(0, 6),
  // Moments, which are the platform’s words.
  /\bin \d+ \w+|\b[A-Z]\w+ \d+, \d{4}|\b\d+:\d+\s[AP]M/g,
  'code-server',
  'vscode.dev',
  /\b[\w-]+:\/\/\S+/g,
  // How VS Code names settings, and what it adds to them, to a notification and to a box.
  /Spotify-authentication: \w+( [A-Z]\w+)*/g,
  '(Applies to all profiles)',
  /^Source: |^Cancel$|^Back \(.*\)$|^\d+ Results$/gm,
  /\(Press 'Enter' to confirm.* or 'Escape' to cancel\)/g,
];

/** What a person sees of us, one after the other, and how to get there. */
class Journey {
  readonly #editor: Fixture;
  /** The browser's tab of the sign-in. */
  #tab: Page | undefined;

  constructor(editor: Fixture) {
    this.#editor = editor;
  }

  /** The texts of each surface. A new one is a line here, after the one from which it is reached. */
  readonly surfaces: Record<string, () => Promise<string[]>> = {
    'the page after a refusal': () => this.#refuse(),
    'the message of a refusal': () => this.#toasts('Try Again'),
    'the palette': () => this.#palette(),
    'the progress of a sign-in': () => this.#tryAgain(),
    'the box for an address': () => this.#pasteNonsense(),
    'the page after a consent': () => this.#agree(),
    'the message of a sign-in': () => this.#toasts(NAME_SHOWN),
    'the list of accounts': () => this.#accounts(),
    'what can be done with an account': () => this.#goOn(NAME_SHOWN),
    'the question before a token is copied': () => this.#copy(),
    'the first step of the set-up': () => this.#beginSetUp(),
    'the second step of the set-up': () => this.#goOn(pseudo('I Have an App')),
    'the third step of the set-up': () => this.#goOn(pseudo('Continue')),
    'the message below a client ID': () => this.#giveClientId(),
    'the settings': () => this.#settings(),
  };

  async #refuse(): Promise<string[]> {
    this.#tab = await this.#editor.openConsentPage();
    await this.#tab.getByRole('button', { name: 'Cancel' }).click();
    return this.#leavePage();
  }

  async #palette(): Promise<string[]> {
    const { page, quickInput } = this.#editor.workbench;
    await page.keyboard.press('F1');
    await quickInput.fill(`>${pseudo('Spotify')}: `);
    const items = await quickInput.items();
    await quickInput.cancel();
    return items;
  }

  async #tryAgain(): Promise<string[]> {
    const { workbench } = this.#editor;
    this.#tab = await workbench.waitForPopup(() => this.#click('button', 'Try Again'));
    await workbench.page.bringToFront();
    return this.#toasts('Paste its address');
  }

  async #pasteNonsense(): Promise<string[]> {
    const { quickInput } = this.#editor.workbench;
    await this.#click('link', 'Paste its address');
    await quickInput.waitForTitle(pseudo('Sign In to Spotify: Paste the Address'));
    const texts = await this.#input();
    await quickInput.fill('nonsense');
    await quickInput.accept();
    await quickInput.waitForMessage(pseudo('That').slice(0, -1));
    texts.push(await quickInput.message());
    await quickInput.cancel();
    return texts;
  }

  async #agree(): Promise<string[]> {
    const tab = this.#tab;
    assert.ok(tab);
    await tab.bringToFront();
    await agreeAs(tab, NAME);
    return this.#leavePage();
  }

  async #accounts(): Promise<string[]> {
    const { workbench } = this.#editor;
    await workbench.runCommand(`${pseudo('Spotify')}: ${pseudo('Show Accounts')}`);
    await workbench.quickInput.waitForTitle(pseudo('Spotify Accounts'));
    return this.#input();
  }

  async #copy(): Promise<string[]> {
    const { quickInput, dialog } = this.#editor.workbench;
    await quickInput.pick(pseudo('Copy Access Token'));
    const { text, buttons } = await dialog.content();
    await dialog.clickButton('Cancel');
    return [text, ...buttons];
  }

  async #beginSetUp(): Promise<string[]> {
    const { workbench } = this.#editor;
    await workbench.runCommand(`${pseudo('Spotify')}: ${pseudo('Set Up Client ID')}`);
    await workbench.quickInput.waitForTitle(`${pseudo('Set Up Spotify: Your Own App')} (1/3)`);
    return this.#input();
  }

  /** Picks what leads to the next step. */
  async #goOn(label: string): Promise<string[]> {
    const { quickInput } = this.#editor.workbench;
    const before = await quickInput.title();
    await quickInput.pick(label);
    while ((await quickInput.title()) === before);
    return this.#input();
  }

  async #giveClientId(): Promise<string[]> {
    const { quickInput } = this.#editor.workbench;
    await quickInput.fill('nonsense');
    await quickInput.waitForMessage(pseudo('This does not look').slice(0, -1));
    const message = await quickInput.message();
    await quickInput.cancel();
    return [message];
  }

  async #settings(): Promise<string[]> {
    const { page } = this.#editor.workbench;
    await this.#editor.workbench.runCommand('Preferences: Open Settings (UI)');
    await page.locator('.settings-editor .suggest-input-container').click();
    await page.keyboard.type('@ext:spotify-sdk.spotify-authentication');
    const settings = page.locator('.settings-editor .setting-item');
    await settings.filter({ hasText: '⟦' }).nth(2).waitFor();
    // Names of settings and of variables are no words.
    await page.addStyleTag({
      content: '.setting-item code, .setting-item-title { display: none }',
    });
    return settings.filter({ hasText: '⟦' }).allInnerTexts();
  }

  /** What can be read in the list or box, and what a screen reader says of its buttons. */
  async #input(): Promise<string[]> {
    const input = this.#editor.workbench.page.locator('.quick-input-widget:visible');
    const buttons = await input.locator('a.action-label').all();
    const names = await Promise.all(buttons.map((button) => button.getAttribute('aria-label')));
    const placeholder = await input.locator('.quick-input-box input').getAttribute('placeholder');
    return [await input.innerText(), ...names, placeholder].map((text) => text ?? '');
  }

  /** The toasts, as soon as one says that. */
  async #toasts(text: string): Promise<string[]> {
    const { page } = this.#editor.workbench;
    await page.bringToFront();
    const toasts = page.locator('.notifications-toasts');
    await toasts
      .getByText(text === NAME_SHOWN ? text : pseudo(text).slice(1, -1))
      .first()
      .waitFor();
    return toasts.allInnerTexts();
  }

  #click(role: 'button' | 'link', name: string): Promise<void> {
    const { page } = this.#editor.workbench;
    const toasts = page.locator('.notifications-toasts');
    return toasts.getByRole(role, { name: pseudo(name).slice(1, -1) }).click();
  }

  async #leavePage(): Promise<string[]> {
    const tab = this.#tab;
    assert.ok(tab);
    await tab.waitForURL('**/done');
    const texts = [await tab.title(), await tab.locator('body').innerText()];
    assert.equal(await tab.locator('html').getAttribute('lang'), PSEUDO_LANGUAGE);
    await tab.close();
    return texts;
  }
}

describe('in a language of its own, which has no plain letter', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => {
    const extensions = [await packageWithPseudoLanguage(), example];
    editor = await Fixture.open({ extensions, language: PSEUDO_LANGUAGE });
  });
  after(() => editor.close());

  it('the extension shows no word of English, and no link in a person’s name', async () => {
    const [alva] = editor.spotify.users.values();
    assert.ok(alva);
    alva.displayName = NAME;
    const english: Record<string, string[]> = {};
    for (const [surface, visit] of Object.entries(new Journey(editor).surfaces)) {
      const texts = (await visit()).filter((text) => text.trim() !== '');
      assert.ok(texts.join('\n').includes('⟦'), `${surface} shows nothing of ours`);
      const found = texts.filter((text) => /[A-Za-z]{2}/.test(withoutForeign(text)));
      if (found.length > 0) english[surface] = found;
    }
    assert.deepEqual(english, {});
  });
});

const withoutForeign = (text: string): string =>
  NOT_OURS.reduce<string>((rest, foreign) => rest.replaceAll(foreign, ''), text);
