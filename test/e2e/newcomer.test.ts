import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { vsix } from '../../scripts/paths.ts';
import { Fixture } from '../editorFixture.ts';
import type { App } from '../spotify/index.ts';

const OFFER = 'Sign in with Spotify to use Spotify Authentication';
const DASHBOARD = 'https://developer.spotify.com/dashboard';

/** About src/setUp. */
describe('a user without a client ID', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => (editor = await Fixture.open({ clientId: '', extensions: [vsix] })));
  after(() => editor.close());

  it('sets up an app and a client ID and signs in, with the keyboard only and an interruption', async () => {
    const { spotify, workbench, context } = editor;
    const { page, quickInput, accounts } = workbench;
    const [app] = spotify.apps.values();
    assert.ok(app);
    app.redirectUris = [];
    await context.route(`${DASHBOARD}**`, (route) => route.fulfill({ body: 'The dashboard' }));

    await chooseOffer();
    await quickInput.waitForTitle('Set Up Spotify: Your Own App (1/3)');
    assert.match(await quickInput.placeholder(), /five users, so you need your own/);
    const dashboard = await openedBy('Enter');
    assert.equal(dashboard.url(), DASHBOARD);
    await quickInput.waitForTitle('Set Up Spotify: Redirect URIs (2/3)');
    await register(app);
    await dashboard.close();
    await page.bringToFront();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await quickInput.waitForTitle('Set Up Spotify: Client ID (3/3)');
    await page.keyboard.type(app.clientId.slice(0, 9));
    await quickInput.waitForMessage('This does not look like a client ID');
    await page.keyboard.press('Escape');
    await quickInput.waitUntilClosed();

    await chooseOffer();
    await quickInput.waitForTitle('Set Up Spotify: Client ID (3/3)');
    await quickInput.waitForMessage('This does not look like a client ID');
    // The box has kept the text that was typed before Escape. End moves the cursor behind it.
    await quickInput.waitForValue(app.clientId.slice(0, 9));
    await page.keyboard.press('End');
    await page.keyboard.type(app.clientId.slice(9));
    await quickInput.waitForValue(app.clientId);
    const consent = await openedBy('Enter');
    const parameters = new URL(consent.url()).searchParams;
    assert.equal(parameters.get('client_id'), app.clientId);
    await agreeByKeyboard(consent);
    await accounts.openWith('Alva Lind (Spotify)');
    await accounts.untilBadge('');
    assert.deepEqual(
      spotify.requests.to('token').map(({ form }) => form.get('client_id')),
      [app.clientId, app.clientId],
    );
  });

  /** Chooses the offer to sign in in the Accounts menu. */
  async function chooseOffer(): Promise<void> {
    const { page, accounts } = editor.workbench;
    await accounts.untilBadge('1');
    await page.keyboard.press('F1');
    await page.keyboard.type('Focus Activity Bar');
    await editor.workbench.quickInput.offers('View: Focus Activity Bar', 5000);
    await page.keyboard.press('Enter');
    await press('ArrowDown', page.locator('.activitybar [aria-label^="Accounts"]:focus'));
    await page.keyboard.press('Enter');
    await press(
      'ArrowDown',
      page.locator('.monaco-menu [role=menuitem]:focus', { hasText: OFFER }),
    );
    await page.keyboard.press('Enter');
  }

  /** Presses a key until `wanted` exists. */
  async function press(key: string, wanted: Locator): Promise<void> {
    while ((await wanted.count()) === 0) await editor.workbench.page.keyboard.press(key);
  }

  /** Copies the redirect URI, and adds it to the app as a user does in the dashboard. */
  async function register(app: App): Promise<void> {
    const { page } = editor.workbench;
    const copied = await editor.workbench.copiedBy(() => page.keyboard.press('Enter'));
    assert.equal(copied, 'http://127.0.0.1/callback');
    await page.locator('.quick-input-widget').getByText('Copied.').first().waitFor();
    app.redirectUris = [copied];
  }

  /** Presses a key that opens a page, confirms VS Code’s question, and returns the page. */
  async function openedBy(key: string): Promise<Page> {
    const { page, dialog } = editor.workbench;
    await editor.workbench.waitUntilItAsksBeforeLinks();
    const opened = editor.context.waitForEvent('page');
    await page.keyboard.press(key);
    await dialog.waitFor('external website');
    await page.keyboard.press('Enter');
    const tab = await opened;
    await tab.waitForLoadState();
    return tab;
  }
});

/** Chooses the first account on the consent page, and agrees. */
async function agreeByKeyboard({ keyboard }: Page): Promise<void> {
  for (const key of ['Tab', 'Space', 'Tab', 'Enter']) await keyboard.press(key);
}
