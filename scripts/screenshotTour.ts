import type { Page } from 'playwright-core';
import { agreeAs, type Fixture } from '../test/editorFixture.ts';
import { WalkthroughPage } from '../test/e2e/walkthroughPage.ts';
import { DEMO_CLIENT_ID } from '../test/spotify/index.ts';

/** Takes a screenshot of a page, for the surface of this name. */
export type Shoot = (name: string, page: Page) => Promise<void>;

/** Opens everything that the extension shows, one after the other, beginning without a client ID. */
export class ScreenshotTour {
  readonly #editor: Fixture;
  readonly #shoot: Shoot;

  constructor(editor: Fixture, shoot: Shoot) {
    this.#editor = editor;
    this.#shoot = shoot;
  }

  async run(): Promise<void> {
    await this.#beforeSignIn();
    await this.#setUp();
    await this.#signIn();
    await this.#accounts();
    await this.#declined();
    await this.#help();
    await this.#documents();
  }

  async #beforeSignIn(): Promise<void> {
    const { accounts, notifications } = this.#editor.workbench;
    await notifications.waitFor('TylerLeonhardt');
    await this.#window('message-competing-provider');
    await notifications.close('TylerLeonhardt');
    await accounts.untilBadge('1');
    await accounts.open();
    await this.#window('accounts-menu-offer');
    await accounts.close();
    await this.#walkthrough();
    await this.#palette();
  }

  /** The three steps, with an unusual client ID and one that Spotify does not know. */
  async #setUp(): Promise<void> {
    const { workbench } = this.#editor;
    const { quickInput } = workbench;
    await workbench.runCommand('Spotify: Set Up Client ID');
    await quickInput.waitForTitle('Set Up Spotify: Your Own App (1/3)');
    await this.#window('set-up-1-app');
    await quickInput.pick('I Have an App');
    await quickInput.waitForTitle('Set Up Spotify: Redirect URIs (2/3)');
    await this.#window('set-up-2-redirect-uris');
    await quickInput.pick('Continue');
    await quickInput.waitForTitle('Set Up Spotify: Client ID (3/3)');
    await this.#window('set-up-3-client-id');
    await quickInput.fill('my app');
    await quickInput.waitForMessage('This does not look like a client ID');
    await this.#window('set-up-3-unusual');
    await quickInput.fill('f'.repeat(32));
    await quickInput.accept();
    await quickInput.waitForMessage('Spotify does not know this client ID');
    await this.#window('set-up-3-unknown');
    await quickInput.fill(DEMO_CLIENT_ID);
    await quickInput.accept();
  }

  /** From VS Code’s question whether to open the browser to the account in the Accounts menu. */
  async #signIn(): Promise<void> {
    const { workbench, context } = this.#editor;
    const { dialog, notifications, accounts } = workbench;
    await dialog.waitFor('external website');
    await this.#window('sign-in-1-open');
    const opened = context.waitForEvent('page');
    await dialog.clickButton('Open');
    const tab = await opened;
    await this.#window('sign-in-2-progress');
    await this.#page('sign-in-3-consent', tab);
    await agreeAs(tab, 'Alva Lind');
    await this.#page('page-signed-in', tab);
    await tab.close();
    await notifications.waitFor('Alva Lind');
    await this.#window('sign-in-4-done');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await accounts.openWith('Alva Lind (Spotify)');
    await accounts.openSubmenu('Alva Lind (Spotify)');
    await this.#window('accounts-menu');
    await accounts.close();
  }

  async #accounts(): Promise<void> {
    const { workbench } = this.#editor;
    const { quickInput, dialog } = workbench;
    await workbench.runCommand('Spotify: Show Accounts');
    await quickInput.waitForTitle('Spotify Accounts');
    await this.#window('show-accounts');
    await quickInput.pick('Alva Lind');
    await quickInput.waitForTitle('Alva Lind');
    await this.#window('show-accounts-actions');
    await quickInput.cancel();
    await workbench.runCommand('Spotify: Copy Access Token');
    await dialog.waitFor('Copy the access token');
    await this.#window('copy-access-token');
    await dialog.clickButton('Cancel');
    await workbench.runCommand('Spotify: Refresh Access Token');
    await workbench.notifications.waitFor('Alva Lind');
    await this.#window('refresh-access-token');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('Spotify: Sign Out');
    await dialog.waitFor('Alva Lind');
    await this.#window('sign-out');
    await dialog.clickButton('Cancel');
  }

  async #declined(): Promise<void> {
    const { workbench } = this.#editor;
    const tab = await workbench.waitForPopup(() => workbench.runCommand('Spotify: Sign In'));
    await tab.getByRole('button', { name: 'Cancel' }).click();
    await tab.waitForURL('**/done');
    await this.#page('page-declined', tab);
    await tab.close();
    await workbench.notifications.waitFor('You declined access');
    await this.#window('message-declined');
    await workbench.runCommand('Notifications: Clear All Notifications');
  }

  /** The help that the progress offers while a sign-in waits for the browser. */
  async #help(): Promise<void> {
    const { workbench } = this.#editor;
    const { quickInput, notifications, dialog } = workbench;
    const tab = await workbench.waitForPopup(() => workbench.runCommand('Spotify: Sign In'));
    await tab.close();
    await notifications.waitFor('Your browser has not returned yet.');
    await this.#window('sign-in-5-hint');
    await workbench.runCommand('Spotify: What Does Spotify’s Page Say?');
    await dialog.waitFor('Did you choose this command');
    await this.#window('question-before-help');
    await dialog.clickButton('Continue');
    await quickInput.waitForTitle('What Does Spotify’s Page Say?');
    await this.#window('what-does-the-page-say');
    await quickInput.cancel();
    await notifications.clickLink('Signing in to Spotify', 'Paste the address');
    await quickInput.waitForTitle('Sign In to Spotify: Paste the Address');
    await this.#window('paste-the-address');
    await quickInput.cancel();
    await notifications.clickButton('Signing in to Spotify', 'Cancel');
  }

  async #documents(): Promise<void> {
    const { workbench } = this.#editor;
    const { page } = workbench;
    await workbench.runCommand('Spotify: Diagnose Sign-In');
    await page.locator('.tab', { hasText: 'Untitled' }).waitFor();
    await this.#window('diagnose-sign-in');
    await workbench.runCommand('Preferences: Open Settings (UI)');
    await page.locator('.settings-editor .search-container .monaco-editor').click();
    await page.keyboard.type('@ext:spotify-sdk.spotify-authentication');
    await page.locator('.setting-item-contents', { hasText: 'Offer Sign In' }).waitFor();
    await this.#window('settings');
  }

  async #walkthrough(): Promise<void> {
    const { workbench } = this.#editor;
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.quickInput.pick('Get started with Spotify in VS Code');
    const walkthrough = new WalkthroughPage(workbench.page);
    for (const [index, title] of (await walkthrough.titles()).entries()) {
      await walkthrough.select(title);
      // VS Code shows no pictures in a narrow window.
      if (this.#isWide()) await walkthrough.picture();
      await this.#window(`walkthrough-${index + 1}`);
    }
    await workbench.page.keyboard.press('Control+K');
    await workbench.page.keyboard.press('Control+W');
  }

  async #palette(): Promise<void> {
    const { page, quickInput } = this.#editor.workbench;
    await page.keyboard.press('F1');
    await quickInput.fill('>Spotify: ');
    await quickInput.offers('Spotify: Sign In', 10_000);
    await this.#window('palette');
    await quickInput.cancel();
  }

  #isWide(): boolean {
    return (this.#editor.workbench.page.viewportSize()?.width ?? 0) > 1200;
  }

  #window(name: string): Promise<void> {
    return this.#page(name, this.#editor.workbench.page);
  }

  async #page(name: string, page: Page): Promise<void> {
    await page.bringToFront();
    await this.#shoot(name, page);
  }
}
