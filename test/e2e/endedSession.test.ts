import assert from 'node:assert/strict';
import { agreeAs, Fixture, SHOW_PROFILE } from '../editorFixture.ts';

/** About src/provider/sessionNotices.ts and src/sessions/sessionRefresher.ts. */
describe('a session that Spotify has ended', function () {
  this.timeout(180_000);
  let editor: Fixture;

  before(async () => (editor = await Fixture.open()));
  after(() => editor.close());

  /** Signs in as Alva. Then Spotify ends the session, which the next request notices. */
  async function signInAndEndSession(): Promise<void> {
    const { spotify } = editor;
    // A token for 30 s counts as expired at the next request, so that request refreshes it.
    spotify.behaviour.expiresIn = 30;
    await editor.signIn('Alva Lind');
    spotify.behaviour.expiresIn = 3600;
    const [app] = spotify.apps.values();
    const [alva] = spotify.users.values();
    assert.ok(app && alva);
    spotify.tokens.revoke(alva, app);
  }

  it('leaves the Accounts menu, and returns only with a sign-in to the same account', async () => {
    const { workbench } = editor;
    const { notifications, dialog, accounts } = workbench;
    await signInAndEndSession();

    await workbench.runCommand(SHOW_PROFILE);
    await notifications.waitFor('Spotify has ended the session of Alva Lind.');
    // The example requests a session of any account.
    await dialog.waitFor('wants to sign in using Spotify');
    await dialog.clickButton('Cancel');
    assert.ok(!(await accounts.open()).includes('Alva Lind (Spotify)'));
    await accounts.close();

    const first = await workbench.waitForPopup(() =>
      notifications.clickButton('Spotify has ended the session', 'Sign In Again'),
    );
    await agreeAs(first, 'Noor Haddad');
    assert.equal(await first.getByRole('heading').innerText(), 'Spotify has answered');
    await dialog.waitFor('You signed in to Spotify as Noor Haddad, but Alva Lind is needed.');
    const second = await workbench.waitForPopup(() => dialog.clickButton('Sign In Again'));
    assert.equal(new URL(second.url()).searchParams.get('show_dialog'), 'true');
    await agreeAs(second, 'Alva Lind');

    await notifications.waitUntilGone('Signing in to Spotify');
    assert.ok((await accounts.open()).includes('Alva Lind (Spotify)'));
    await accounts.close();
    await workbench.runCommand(SHOW_PROFILE);
    await notifications.waitFor('Spotify knows you as Alva Lind.');
    assert.ok(!(await accounts.open()).includes('Noor Haddad (Spotify)'));
    await accounts.close();
  });

  it('has a message whose button opens nothing once another sign-in has brought a session', async () => {
    const { spotify, workbench } = editor;
    const { notifications, dialog } = workbench;
    await editor.signOut('Alva Lind');
    await workbench.runCommand('Notifications: Clear All Notifications');
    // The browser is no longer signed in to Spotify, so Spotify shows its page.
    spotify.browsers.clear();
    await signInAndEndSession();
    spotify.browsers.clear();
    await workbench.runCommand('Notifications: Clear All Notifications');

    await workbench.runCommand(SHOW_PROFILE);
    await notifications.waitFor('Spotify has ended the session of Alva Lind.');
    await dialog.waitFor('wants to sign in using Spotify');
    const tab = await workbench.waitForPopup(() => dialog.clickButton('Allow'));
    await agreeAs(tab, 'Alva Lind');
    await notifications.waitFor('You are signed in to Spotify as Alva Lind.');
    await notifications.close('You are signed in to Spotify as Alva Lind.');
    const consents = spotify.requests.count('authorize');
    const pages = editor.context.pages().length;
    await notifications.clickButton('Spotify has ended the session', 'Sign In Again');
    await notifications.waitFor('You are signed in to Spotify as Alva Lind.');
    assert.equal(await dialog.isOpen(), false);
    assert.equal(spotify.requests.count('authorize'), consents);
    assert.equal(editor.context.pages().length, pages);
  });
});
