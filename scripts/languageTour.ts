import type { Page } from 'playwright-core';
import { WalkthroughPage } from '../test/e2e/walkthroughPage.ts';
import { agreeAs, type Fixture } from '../test/editorFixture.ts';
import { DEMO_CLIENT_ID } from '../test/spotify/index.ts';
import type { Shoot } from './screenshotTour.ts';

const DECLINED = 'You declined access on Spotify’s page, so no account was signed in.';

/** Sets up, fails, signs in and signs out in a language, beginning without a client ID. */
export class LanguageTour {
  readonly #editor: Fixture;
  readonly #translate: (english: string) => string;
  readonly #shoot: Shoot;

  /** @param translate Returns the translation of a text of the extension. */
  constructor(editor: Fixture, translate: (english: string) => string, shoot: Shoot) {
    this.#editor = editor;
    this.#translate = translate;
    this.#shoot = shoot;
  }

  async run(): Promise<void> {
    await this.#offer();
    await this.#walkthrough();
    await this.#setUp();
    await this.#declined();
    await this.#signIn();
    await this.#accounts();
    await this.#documents();
  }

  async #offer(): Promise<void> {
    const { accounts, page, quickInput } = this.#editor.workbench;
    await accounts.untilBadge('1');
    await accounts.open();
    await this.#window('1-accounts-menu');
    await accounts.close();
    await page.keyboard.press('F1');
    await quickInput.fill(`>${this.#translate('Spotify')}: `);
    await quickInput.offers(this.#command('Sign In'), 10_000);
    await this.#window('2-palette');
    await quickInput.cancel();
  }

  async #walkthrough(): Promise<void> {
    const { workbench } = this.#editor;
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.quickInput.pick(this.#translate('Get started with Spotify in VS Code'));
    const walkthrough = new WalkthroughPage(workbench.page);
    await walkthrough.titles();
    await this.#window('3-walkthrough');
    await workbench.page.keyboard.press('Control+K');
    await workbench.page.keyboard.press('Control+W');
  }

  async #setUp(): Promise<void> {
    const { workbench } = this.#editor;
    const { quickInput } = workbench;
    await workbench.runCommand(this.#command('Set Up Client ID'));
    await quickInput.waitForTitle(`${this.#translate('Set Up Spotify: Your Own App')} (1/3)`);
    await this.#window('4-set-up-app');
    await quickInput.pick(this.#translate('I Have an App'));
    await quickInput.waitForTitle(`${this.#translate('Set Up Spotify: Redirect URIs')} (2/3)`);
    await this.#window('5-set-up-redirect-uris');
    await quickInput.pick(this.#translate('Continue'));
    await quickInput.waitForTitle(`${this.#translate('Set Up Spotify: Client ID')} (3/3)`);
    await quickInput.fill('my app');
    await quickInput.waitForMessage(/\S/);
    await this.#window('6-set-up-client-id');
    await quickInput.fill(DEMO_CLIENT_ID);
  }

  /** From the set-up’s last step to a declined consent. */
  async #declined(): Promise<void> {
    const { workbench } = this.#editor;
    const tab = await workbench.waitForPopup(() => workbench.quickInput.accept());
    await tab.bringToFront();
    await tab.getByRole('button', { name: 'Cancel' }).click();
    await tab.waitForURL('**/done');
    await this.#page('7-page-declined', tab);
    await tab.close();
    await workbench.notifications.waitFor(this.#translate(DECLINED));
    await this.#window('8-declined');
  }

  async #signIn(): Promise<void> {
    const { workbench } = this.#editor;
    const { notifications, accounts } = workbench;
    const tab = await workbench.waitForPopup(() =>
      notifications.clickButton(this.#translate(DECLINED), this.#translate('Try Again')),
    );
    await notifications.waitFor(this.#translate('Your browser has not returned yet.'));
    await this.#window('9-progress');
    await tab.bringToFront();
    await agreeAs(tab, 'Alva Lind');
    await tab.waitForURL('**/done');
    await this.#page('10-page-signed-in', tab);
    await tab.close();
    await notifications.waitFor('Alva Lind');
    await this.#window('11-signed-in');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await accounts.openWith(`Alva Lind (${this.#translate('Spotify')})`);
    await this.#window('12-accounts-menu');
    await accounts.close();
  }

  async #accounts(): Promise<void> {
    const { workbench } = this.#editor;
    const { quickInput, dialog } = workbench;
    await workbench.runCommand(this.#command('Show Accounts'));
    await quickInput.waitForTitle(this.#translate('Spotify Accounts'));
    await this.#window('13-accounts');
    await quickInput.pick('Alva Lind');
    await quickInput.waitForTitle('Alva Lind');
    await this.#window('14-account');
    await quickInput.pick(this.#translate('Copy Access Token'));
    await dialog.waitFor('Alva Lind');
    await this.#window('15-question');
    await dialog.clickButton('Cancel');
  }

  async #documents(): Promise<void> {
    const { workbench } = this.#editor;
    const { page } = workbench;
    await workbench.runCommand(this.#command('Diagnose Sign-In'));
    await page.locator('.tab', { hasText: 'Untitled' }).waitFor();
    await this.#window('16-diagnosis');
    await workbench.runCommand('Preferences: Open Settings (UI)');
    await page.locator('.settings-editor .search-container .monaco-editor').click();
    await page.keyboard.type('@ext:spotify-sdk.spotify-authentication');
    await page.locator('.setting-item-contents', { hasText: 'Offer Sign In' }).waitFor();
    await this.#window('17-settings');
  }

  #command(title: string): string {
    return `${this.#translate('Spotify')}: ${this.#translate(title)}`;
  }

  #window(name: string): Promise<void> {
    return this.#page(name, this.#editor.workbench.page);
  }

  async #page(name: string, page: Page): Promise<void> {
    await page.bringToFront();
    await this.#shoot(name, page);
  }
}
