import assert from 'node:assert/strict';
import { agreeAs } from '../editorFixture.ts';
import { ConsumerEditor } from './consumers/consumerEditor.ts';

const NARROW = ['user-read-private'];
const WIDE = ['user-read-playback-state', 'user-read-private'];

/** About src/sessions/matchingSessions.ts. */
describe('extensions that request different scopes of one account', function () {
  this.timeout(180_000);
  let window: ConsumerEditor;

  before(async () => (window = await ConsumerEditor.open()));
  after(() => window.close());

  it('are allowed one by one, and each gets the scopes that it requested', async () => {
    const { workbench, spotify } = window.editor;
    const { dialog, accounts } = workbench;
    const [a, b] = [await window.consumer('Consumer A'), await window.consumer('Consumer B')];
    const web = await window.consumer('Consumer Web');
    const narrow = await window.signIn(a, 'Alva Lind', NARROW);
    assert.deepEqual(narrow.scopes, NARROW);
    assert.equal(await a.silentSession(WIDE), undefined, 'the user has not agreed to these scopes');

    const pending = b.getSession(WIDE, { createIfNone: true });
    await dialog.waitFor("The extension 'Consumer B' wants to sign in using Spotify.");
    const tab = await workbench.waitForPopup(() => dialog.clickButton('Allow'));
    assert.deepEqual(new URL(tab.url()).searchParams.get('scope')?.split(' ').sort(), WIDE);
    await agreeAs(tab, 'Alva Lind');
    const wide = await pending;
    assert.deepEqual(wide?.scopes, WIDE);
    assert.deepEqual(wide.account, narrow.account);
    const scopesOf = (token: string) => spotify.tokens.accessTokens.get(token)?.scope.toSorted();
    assert.deepEqual(scopesOf(narrow.accessToken), NARROW);
    assert.deepEqual(scopesOf(wide.accessToken), WIDE);

    assert.deepEqual(await a.silentSession(NARROW), narrow);
    assert.deepEqual(await b.silentSession(WIDE), wide);
    // An extension that may use an account may use all sessions of that account.
    assert.deepEqual(await a.silentSession(WIDE), wide);
    assert.deepEqual(await b.silentSession(NARROW), narrow);
    assert.equal(await web.silentSession(NARROW), undefined, 'the user has not allowed it');
    assert.deepEqual(await window.allow(web, 'Alva Lind', NARROW), narrow);
    const ofSpotify = (await accounts.open()).filter((entry) => entry.endsWith('(Spotify)'));
    assert.deepEqual(ofSpotify, ['Alva Lind (Spotify)']);
    await accounts.close();

    await window.editor.signOut('Alva Lind');
    while (await a.silentSession(NARROW));
    assert.equal(await b.silentSession(WIDE), undefined);
  });
});
