import assert from 'node:assert/strict';
import { agreeAs } from '../editorFixture.ts';
import type { Consumer } from './consumers/consumer.ts';
import type { ConsumerEditor } from './consumers/consumerEditor.ts';
import { shareConsumerEditor } from './consumers/sharedConsumerEditor.ts';

const SCOPES = ['user-read-private'];
const ANOTHER = 'Sign in to another account';

/** About src/provider/authenticationProvider.ts. */
describe('the options of getSession', function () {
  this.timeout(180_000);
  const shared = shareConsumerEditor();
  let window: ConsumerEditor;
  let a: Consumer;

  beforeEach(async () => {
    window = shared.current;
    a = await window.consumer('Consumer A');
  });

  it('forceNewSession makes the user sign in again, and returns the same session with another token', async () => {
    const { workbench, spotify } = window.editor;
    const { dialog } = workbench;
    const before = await window.signIn(a, 'Alva Lind', SCOPES);
    const pending = a.getSession(SCOPES, {
      forceNewSession: { detail: 'The old one is refused.' },
    });
    await dialog.waitFor('again');
    assert.deepEqual(await dialog.content(), {
      text: "The extension 'Consumer A' wants you to sign in again using Spotify. The old one is refused.",
      buttons: ['Cancel', 'Allow'],
    });
    // The browser is signed in to Spotify, and the user has agreed before, so Spotify asks nothing.
    const tab = await workbench.waitForPopup(() => dialog.clickButton('Allow'));
    await tab.waitForURL('**/done');
    const session = await pending;
    assert.notEqual(session?.accessToken, before.accessToken);
    assert.deepEqual(session, { ...before, accessToken: session?.accessToken });
    assert.deepEqual(await a.silentSession(SCOPES), session);
    assert.equal(spotify.requests.count('authorize'), 2);
  });

  it('clearSessionPreference lets the user choose the account again, and account names it', async () => {
    const { workbench, spotify } = window.editor;
    const { dialog, quickInput } = workbench;
    const kim = spotify.addUser({ id: 'kim', displayName: 'Kim Berg' });
    // An extension that asks silently first must still let the user choose another account.
    assert.equal(await a.silentSession(SCOPES), undefined);
    const alva = await window.signIn(a, 'Alva Lind', SCOPES);
    const chooseAgain = () => {
      return a.getSession(SCOPES, { createIfNone: true, clearSessionPreference: true });
    };
    const first = chooseAgain();
    await dialog.clickButton('Allow');
    const tab = await workbench.waitForPopup(() => quickInput.pick(ANOTHER));
    await agreeAs(tab, 'Noor Haddad');
    const noor = await first;
    assert.equal(noor?.account.label, 'Noor Haddad');
    assert.deepEqual(await a.silentSession(SCOPES), noor, 'the choice is not remembered');

    const second = chooseAgain();
    await dialog.clickButton('Allow');
    assert.deepEqual((await quickInput.items()).sort(), ['Alva Lind', 'Noor Haddad', ANOTHER]);
    await quickInput.pick('Alva Lind');
    assert.deepEqual(await second, alva);
    assert.deepEqual(await a.silentSession(SCOPES), alva);

    const account = { id: kim.accountId, label: 'Kim Berg' };
    assert.deepEqual(await a.getSession(SCOPES, { silent: true, account: noor.account }), noor);
    assert.equal(await a.getSession(SCOPES, { silent: true, account }), undefined);
    // The browser is no longer signed in to Spotify.
    spotify.browsers.clear();
    const third = a.getSession(SCOPES, { createIfNone: true, account });
    await dialog.waitFor('wants to sign in using Spotify');
    const kimsTab = await workbench.waitForPopup(() => dialog.clickButton('Allow'));
    await agreeAs(kimsTab, 'Kim Berg');
    assert.deepEqual((await third)?.account, account);
  });

  it('are refused if they contradict each other, and so are challenges', async () => {
    const { dialog } = window.editor.workbench;
    for (const options of [
      { createIfNone: true, silent: true },
      { forceNewSession: true, silent: true },
      { forceNewSession: true, createIfNone: true },
    ]) {
      await assert.rejects(a.getSession(SCOPES, options), {
        name: 'Error',
        message: `Invalid combination of options. Please remove one of the following: ${Object.keys(options).join(', ')}`,
      });
    }
    const challenge = {
      wwwAuthenticate: 'Bearer scope="user-read-private"',
      fallbackScopes: SCOPES,
    };
    for (const options of [{}, { silent: true }, { createIfNone: true }]) {
      await assert.rejects(a.getSession(challenge, options), {
        message:
          "The authentication provider 'spotify' does not support getting sessions from challenges.",
      });
    }
    assert.equal(await dialog.isOpen(), false);
    assert.equal(await window.editor.workbench.accounts.badge(), '');
  });
});
