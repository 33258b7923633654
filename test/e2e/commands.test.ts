import assert from 'node:assert/strict';
import { agreeAs, Fixture, SHOW_PROFILE } from '../editorFixture.ts';

const ROW = '.quick-input-list .monaco-list-row';

/** About src/commands. */
describe('the commands of the palette', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => (editor = await Fixture.open()));
  after(() => editor.close());

  /** Returns the titles of this extension’s commands that the palette lists. */
  async function listed(): Promise<string[]> {
    const { page, quickInput } = editor.workbench;
    await page.keyboard.press('F1');
    await quickInput.fill('>Spotify: ');
    const all = await quickInput.items();
    await quickInput.cancel();
    return all.filter((title) => title.startsWith('Spotify: '));
  }

  async function openAccounts(): Promise<void> {
    await editor.workbench.runCommand('Spotify: Show Accounts');
    await editor.workbench.quickInput.waitForTitle('Spotify Accounts');
  }

  async function pressInRow(label: string, button: string): Promise<void> {
    const row = editor.workbench.page.locator(ROW, { hasText: label });
    await row.hover();
    await row.getByRole('button', { name: button, exact: true }).click();
  }

  /** Agrees as this user in the tab that `action` opens. Returns the URL of Spotify’s page. */
  async function signInAs(name: string, action: () => Promise<void>): Promise<string> {
    const tab = await editor.workbench.waitForPopup(action);
    const url = tab.url();
    await agreeAs(tab, name);
    await tab.close();
    await editor.workbench.notifications.waitFor(`You are signed in to Spotify as ${name}.`);
    return url;
  }

  it('sign in, show the accounts, copy a token, and sign out', async () => {
    const { workbench, spotify } = editor;
    const { page, quickInput, notifications, dialog, accounts } = workbench;
    // The browser is signed in to Spotify as Noor, so Spotify’s page does not show.
    await editor.signBrowserIn('noor', ['user-read-private']);
    await openAccounts();
    const skipped = await workbench.waitForPopup(() => quickInput.pick('Sign In'));
    await skipped.waitForURL('**/done');
    await skipped.close();
    const greeting = 'You are signed in to Spotify as Noor Haddad.';
    await notifications.waitFor(greeting);
    const asked = await signInAs('Alva Lind', () =>
      notifications.clickButton(greeting, 'Use Another Account'),
    );
    assert.equal(new URL(asked).searchParams.get('show_dialog'), 'true');
    // The first account goes a moment after the other one has come.
    while ((await accounts.openWith('Alva Lind (Spotify)')).includes('Noor Haddad (Spotify)')) {
      await accounts.close();
    }
    await accounts.close();
    const second = () => workbench.runCommand('Spotify: Sign In');
    const url = await signInAs('Noor Haddad', second);
    assert.equal(new URL(url).searchParams.get('show_dialog'), 'true');

    // The user allows the example to use Alva’s account.
    await workbench.runCommand(SHOW_PROFILE);
    await dialog.clickButton('Allow');
    await quickInput.pick('Alva Lind');
    await notifications.waitFor('Spotify knows you as Alva Lind.');

    await openAccounts();
    assert.deepEqual(await quickInput.items(), ['Alva Lind', 'Noor Haddad']);
    await pressInRow('Noor Haddad', 'Refresh Access Token');
    await notifications.waitFor('The access token of Noor Haddad was not refreshed');
    assert.deepEqual(await quickInput.items(), ['Alva Lind', 'Noor Haddad']);
    await pressInRow('Noor Haddad', 'Copy Access Token');
    await dialog.waitFor('Copy the access token of Noor Haddad?');
    const copied = await workbench.copiedBy(() => dialog.clickButton('Copy'));
    assert.equal(spotify.tokens.accessTokens.get(copied)?.user?.id, 'noor');
    await notifications.waitFor('The access token of Noor Haddad is copied.');

    // With the keyboard only.
    await openAccounts();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await quickInput.waitForTitle('Noor Haddad');
    for (let press = 0; press < 2; press++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.waitFor('www.spotify.com/account/apps');
    await dialog.clickButton('Cancel');

    await workbench.runCommand('Spotify: Sign Out');
    await quickInput.pick('Alva Lind');
    await dialog.waitFor('Alva Lind');
    await dialog.clickButton('Cancel');
    assert.ok((await accounts.open()).includes('Alva Lind (Spotify)'));
    await accounts.close();
    await workbench.runCommand('Spotify: Sign Out');
    await quickInput.pick('Alva Lind');
    await dialog.clickButton('Sign Out');
    await notifications.waitFor('Alva Lind is signed out here.');
    assert.ok(!(await accounts.open()).includes('Alva Lind (Spotify)'));
    await accounts.close();

    await signInAs('Alva Lind', second);
    await workbench.runCommand(SHOW_PROFILE);
    // The sign-out has also removed the trusted extensions.
    await dialog.waitFor('wants to sign in using Spotify');
    await dialog.clickButton('Cancel');
  });

  it('set up another client ID, sign in with it, and show the log', async () => {
    const { workbench, spotify } = editor;
    const { page, quickInput, notifications, dialog } = workbench;
    const other = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    await workbench.runCommand('Spotify: Set Up Client ID');
    await quickInput.pick('I Have an App');
    await quickInput.waitForTitle('Set Up Spotify: Redirect URIs (2/3)');
    await quickInput.pick('Continue');
    await quickInput.waitForTitle('Set Up Spotify: Client ID (3/3)');
    await quickInput.fill('f'.repeat(32));
    await quickInput.accept();
    await quickInput.waitForMessage('Spotify does not know this client ID.');
    await quickInput.fill(other.clientId);
    const url = await signInAs('Noor Haddad', () => quickInput.accept());
    assert.equal(new URL(url).searchParams.get('client_id'), other.clientId);

    await workbench.runCommand('Spotify: Copy Access Token');
    await quickInput.pick('Alva Lind');
    await dialog.waitFor('Copy the access token of Alva Lind?');
    await dialog.clickButton('Cancel');
    await workbench.runCommand('Spotify: Show Log');
    const lines = page.locator('.output-view .view-lines');
    await lines.getByText('Signed in for 1 scope(s).').first().waitFor();
    assert.ok(!(await lines.innerText()).includes(other.clientId));
    await workbench.runCommand('View: Hide Panel');

    await workbench.runCommand('Spotify: Refresh Access Token');
    await quickInput.pick('Alva Lind');
    await notifications.waitFor('The access token of Alva Lind was not refreshed');
    const uri = await workbench.copiedBy(() => workbench.runCommand('Spotify: Copy Redirect URI'));
    assert.equal(uri, 'http://127.0.0.1/callback');
  });

  it('are listed only while an account is signed in, except Show Accounts and Sign In', async () => {
    const { workbench } = editor;
    const { quickInput, dialog, notifications } = workbench;
    const always = ['Spotify: Show Accounts', 'Spotify: Sign In'];
    const signedIn = ['Sign Out', 'Refresh Access Token', 'Copy Access Token'];
    const areListed = async (titles: readonly string[]) => {
      const all = await listed();
      return titles.map((title) => all.includes(title));
    };
    const all = [...always, ...signedIn.map((title) => `Spotify: ${title}`)];
    assert.deepEqual(await areListed(all), [true, true, true, true, true]);
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('Spotify: Sign Out');
    await quickInput.pick('Alva Lind');
    await dialog.clickButton('Sign Out');
    await notifications.waitFor('Alva Lind is signed out here.');
    await workbench.runCommand('Spotify: Sign Out');
    await dialog.waitFor('Noor Haddad');
    await dialog.clickButton('Sign Out');
    await notifications.waitFor('Noor Haddad is signed out here.');
    let now: boolean[];
    // The palette leaves the commands out a moment after the sign-out.
    do now = await areListed(all);
    while (now[2]);
    assert.deepEqual(now, [true, true, false, false, false]);
  });
});
