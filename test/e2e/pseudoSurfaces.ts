import type { Fixture } from '../editorFixture.ts';
import { DEMO_CLIENT_ID } from '../spotify/index.ts';
import { pseudo } from '../pseudoLanguage.ts';
import { part, type PseudoWindow } from './pseudoWindow.ts';
import { WalkthroughPage } from './walkthroughPage.ts';

/** The other surfaces in the pseudo-language. Each method opens one and returns its texts. */
export class PseudoSurfaces {
  readonly #editor: Fixture;
  readonly #window: PseudoWindow;

  constructor(editor: Fixture, window: PseudoWindow) {
    this.#editor = editor;
    this.#window = window;
  }

  /** Closes the message again, because it would cover later ones. */
  async competingProvider(): Promise<string[]> {
    const texts = await this.#window.toasts('TylerLeonhardt');
    await this.#editor.workbench.notifications.close('TylerLeonhardt');
    return texts;
  }

  async palette(): Promise<string[]> {
    const { page, quickInput } = this.#editor.workbench;
    await page.keyboard.press('F1');
    await quickInput.fill(`>${pseudo('Spotify')}: `);
    const items = await quickInput.items();
    await quickInput.cancel();
    return items;
  }

  async beginSetUp(): Promise<string[]> {
    await this.#window.run('Set Up Client ID');
    return this.#window.inputOf(`${pseudo('Set Up Spotify: Your Own App')} (1/3)`);
  }

  async enterClientId(): Promise<string[]> {
    const { quickInput } = this.#editor.workbench;
    await quickInput.fill('nonsense');
    await quickInput.waitForMessage(part('This does not look'));
    const message = await quickInput.message();
    await quickInput.cancel();
    return [message];
  }

  async settings(): Promise<string[]> {
    const { page } = this.#editor.workbench;
    await this.#editor.workbench.runCommand('Preferences: Open Settings (UI)');
    await page.locator('.settings-editor .suggest-input-container').click();
    await page.keyboard.type('@ext:spotify-sdk.spotify-authentication');
    const settings = page.locator('.settings-editor .setting-item');
    await settings.filter({ hasText: '⟦' }).nth(2).waitFor();
    // Hides the names of settings and variables, which are not translated.
    await page.addStyleTag({
      content: '.setting-item code, .setting-item-title { display: none }',
    });
    const texts = await settings.filter({ hasText: '⟦' }).allInnerTexts();
    // Closes the settings, because the palette does not open above them.
    await page.keyboard.press('Escape');
    return texts;
  }

  async walkthrough(): Promise<string[]> {
    const { workbench } = this.#editor;
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.quickInput.pick(pseudo('Get started with Spotify in VS Code'));
    return new WalkthroughPage(workbench.page).texts();
  }

  async accounts(): Promise<string[]> {
    await this.#window.run('Show Accounts');
    return this.#window.inputOf(pseudo('Spotify Accounts'));
  }

  async askBeforeCopy(): Promise<string[]> {
    const { quickInput, dialog } = this.#editor.workbench;
    await quickInput.pick(pseudo('Copy Access Token'));
    const { text, buttons } = await dialog.content();
    return [text, ...buttons];
  }

  async copy(): Promise<string[]> {
    await this.#editor.workbench.dialog.clickButton(pseudo('Copy'));
    return this.#window.toasts(part('is copied'));
  }

  async beginAppToken(): Promise<string[]> {
    await this.#window.run('Get App Access Token');
    return this.#window.inputOf(pseudo('Spotify: Client Secret of Your App'));
  }

  async enterWrongSecret(): Promise<string[]> {
    await this.#enterSecret('0'.repeat(32));
    const { text, buttons } = await this.#editor.workbench.dialog.content();
    return [text, ...buttons];
  }

  async enterRightSecret(): Promise<string[]> {
    const { dialog, quickInput } = this.#editor.workbench;
    await dialog.clickButton(pseudo('Enter Another Secret'));
    await quickInput.waitForTitle(pseudo('Spotify: Client Secret of Your App'));
    await this.#enterSecret(this.#editor.spotify.apps.get(DEMO_CLIENT_ID)?.clientSecret ?? '');
    await dialog.waitFor(part('Until'));
    const { text, buttons } = await dialog.content();
    return [text, ...buttons];
  }

  async copyAppToken(): Promise<string[]> {
    await this.#editor.workbench.dialog.clickButton(pseudo('Copy'));
    return this.#window.toasts(part('of your app is copied'));
  }

  async #enterSecret(secret: string): Promise<void> {
    const { quickInput } = this.#editor.workbench;
    await quickInput.fill(secret);
    await quickInput.accept();
  }

  async diagnosis(): Promise<string[]> {
    const { workbench } = this.#editor;
    await this.#window.run('Diagnose Sign-In');
    const report = await workbench.copyDocument(part('Diagnosis'));
    return report.split('\n');
  }

  async beginSignOut(): Promise<string[]> {
    await this.#window.run('Sign Out');
    return this.#window.inputOf(pseudo('Choose the Account to Sign Out Of'));
  }

  /** The question before the sign-out is VS Code’s own, in English. */
  async signOut(account: string): Promise<string[]> {
    const { quickInput, dialog } = this.#editor.workbench;
    await quickInput.pick(account);
    await dialog.clickButton('Sign Out');
    return this.#window.toasts(part('is signed out'));
  }
}
