import assert from 'node:assert/strict';
import { agreeAs } from '../editorFixture.ts';
import type { ConsumerEditor } from './consumers/consumerEditor.ts';
import { shareConsumerEditor } from './consumers/sharedConsumerEditor.ts';

/** In an order that is neither alphabetical nor Spotify’s. */
const SCOPES = ['user-read-private', 'user-read-email'];

/** About src/provider/authenticationProvider.ts. */
describe('VS Code’s dialog before an extension gets a session', function () {
  this.timeout(180_000);
  const shared = shareConsumerEditor();
  let window: ConsumerEditor;

  beforeEach(() => (window = shared.current));

  it('names the extension and its reason; Allow returns a session’s four fields, Cancel an error', async () => {
    const { dialog } = window.editor.workbench;
    const { requests, tokens } = window.editor.spotify;
    const a = await window.consumer('Consumer A');
    const pending = a.getSession(SCOPES, { createIfNone: { detail: 'To show what is playing.' } });
    await dialog.waitFor('wants to sign in');
    assert.deepEqual(await dialog.content(), {
      text: "The extension 'Consumer A' wants to sign in using Spotify. To show what is playing.",
      buttons: ['Cancel', 'Allow'],
    });
    await dialog.clickButton('Cancel');
    await assert.rejects(pending, { name: 'Error', message: 'User did not consent to login.' });
    assert.equal(requests.all.length, 0);
    assert.equal(await a.silentSession(SCOPES), undefined);

    const session = await window.signIn(a, 'Alva Lind', SCOPES);
    const [me] = window.editor.spotify.users.values();
    const [accessToken] = tokens.accessTokens.keys();
    assert.deepEqual(session, {
      id: session.id,
      accessToken,
      account: { id: me?.accountId, label: 'Alva Lind' },
      scopes: SCOPES,
    });
    assert.deepEqual(await a.silentSession(SCOPES), session);
    assert.deepEqual((await a.silentSession(SCOPES.toReversed()))?.scopes, SCOPES.toReversed());
    const [refreshToken] = tokens.refreshTokens.keys();
    assert.ok(refreshToken && !JSON.stringify(session).includes(refreshToken));
  });

  it('appears again after the user has removed the extension from the trusted ones', async () => {
    const { dialog } = window.editor.workbench;
    const [a, b] = [await window.consumer('Consumer A'), await window.consumer('Consumer B')];
    const session = await window.signIn(a, 'Alva Lind', SCOPES);
    await window.allow(b, 'Alva Lind', SCOPES);
    const before = await a.run('countChanges');

    await window.removeTrust('Consumer A', 'Alva Lind');
    await a.untilChanges(before);
    assert.equal(await a.silentSession(SCOPES), undefined);
    assert.deepEqual(await b.silentSession(SCOPES), session);

    const refused = a.getSession(SCOPES, { createIfNone: true });
    await dialog.waitFor("The extension 'Consumer A' wants to sign in using Spotify.");
    await dialog.clickButton('Cancel');
    await assert.rejects(refused, { message: 'User did not consent to login.' });
    assert.equal(await a.silentSession(SCOPES), undefined);
    assert.deepEqual(await window.allow(a, 'Alva Lind', SCOPES), session);
    assert.deepEqual(await a.silentSession(SCOPES), session);
  });

  it('is answered for one extension after the other, with one sign-in', async () => {
    const { workbench, spotify } = window.editor;
    const { dialog, quickInput } = workbench;
    const [a, b] = [await window.consumer('Consumer A'), await window.consumer('Consumer B')];
    // VS Code asks about the page while B’s dialog is open, unless the user trusts the page.
    const trusting = a.getSession(['user-top-read'], { createIfNone: true });
    await dialog.clickButton('Allow');
    await dialog.clickButton('Configure Trusted Domains');
    const tab = await workbench.waitForPopup(() => quickInput.accept());
    await agreeAs(tab, 'Alva Lind');
    await trusting;

    await b.run('askAtChanges', SCOPES);
    const first = a.getSession(SCOPES, { createIfNone: true });
    await dialog.waitFor("'Consumer A' wants to sign in");
    const second = b.getSession(SCOPES, { createIfNone: true });
    await b.run('getAccounts');
    const opened = window.editor.context.waitForEvent('page');
    await dialog.clickButton('Allow');
    await agreeAs(await opened, 'Alva Lind');
    const session = await first;
    const consents = spotify.requests.count('authorize');
    await a.run('advanceClock', 60);
    await dialog.waitFor("'Consumer B' wants to sign in");
    await dialog.clickButton('Allow');
    assert.deepEqual(await second, session);
    assert.equal(spotify.requests.count('authorize'), consents);
  });

  // About src/commands/helpSignIn.ts.
  it('is followed by a sign-in whose link no other extension gets', async () => {
    const { workbench } = window.editor;
    const { dialog, notifications } = workbench;
    const [a, b] = [await window.consumer('Consumer A'), await window.consumer('Consumer B')];
    const pending = a.getSession(SCOPES, { createIfNone: true });
    await dialog.waitFor('wants to sign in using Spotify');
    const tab = await workbench.waitForPopup(() => dialog.clickButton('Allow'));
    await workbench.page.bringToFront();
    await workbench.page.evaluate(`navigator.clipboard.writeText('nothing')`);
    for (const id of [[], [1]]) {
      const command = b.run('runCommand', 'spotify-authentication.copySignInLink', ...id);
      await dialog.waitFor('Did you choose this command');
      // The command of VS Code that answers lists and boxes does not answer the dialog.
      await b.run('runCommand', 'workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(await dialog.isOpen());
      await dialog.clickButton('Cancel');
      await command;
    }
    assert.equal(await b.run('readClipboard'), 'nothing');

    const link = await workbench.copiedBy(() =>
      notifications.clickLink('Signing in to Spotify', 'Copy sign-in link'),
    );
    assert.equal(link, tab.url());
    assert.equal(await dialog.isOpen(), false);
    // The user has closed the tab.
    await tab.close();
    const again = await workbench.waitForPopup(() =>
      notifications.clickLink('Signing in to Spotify', 'Open the page again'),
    );
    await agreeAs(again, 'Alva Lind');
    assert.equal((await pending)?.account.label, 'Alva Lind');
  });
});
