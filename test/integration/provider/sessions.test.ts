import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accountLabels,
  EXPIRED,
  HeardChanges,
  SCOPES,
  signInWithToken,
  silently,
} from '../asConsumer.ts';
import { EditorStorage } from '../editorStorage.ts';
import { TestWindow } from '../testWindow.ts';
import { OWN_ID, signInFromAccountsMenu, signOut } from '../signInRequest.ts';
import { integrationSuite } from '../suite.ts';

const WIDER = ['user-read-private', 'user-top-read'];

/** About src/provider/authenticationProvider.ts and src/provider/freshToken.ts. */
describe('sessions in VS Code', () => {
  const suite = integrationSuite();

  const refreshes = () => suite.spotify.requests.count('token', 'refresh_token');

  it('are refreshed once for thirty simultaneous calls, with one event', async () => {
    const { spotify } = suite;
    spotify.behaviour.rotateRefreshTokens = true;
    const id = await signInWithToken(spotify, EXPIRED);
    using changes = new HeardChanges();
    const lists = [SCOPES, [], [...SCOPES, ...SCOPES]];
    const asked = Array.from({ length: 30 }, (_, index) => silently(lists[index % lists.length]));
    const answers = await Promise.all(asked);
    assert.deepEqual([...new Set(answers.map((session) => session?.id))], [id]);
    assert.equal(new Set(answers.map((session) => session?.accessToken)).size, 1);
    assert.equal(refreshes(), 1);
    assert.equal(await changes.count(), 1);
  });

  it('cost no request while no extension asks for a token', async () => {
    const { spotify } = suite;
    await signInWithToken(spotify, EXPIRED);
    assert.deepEqual(await accountLabels(), ['Alva Lind (test server)']);
    assert.deepEqual(spotify.requests.all, []);
  });

  it('keep their account in the list if Spotify ends one of them', async () => {
    const { spotify } = suite;
    await signInWithToken(spotify, EXPIRED);
    const ended = spotify.tokens.authorizations.at(-1);
    assert.ok(ended);
    await signInFromAccountsMenu(['user-top-read']);
    ended.revoked = true;
    assert.equal(await silently(), undefined);
    assert.deepEqual(await accountLabels(), ['Alva Lind (test server)']);
    assert.ok(await silently(['user-top-read']));
  });

  it('are replaced, once Spotify has ended one, by another of the account that covers its scopes', async () => {
    const { spotify } = suite;
    await signInWithToken(spotify, EXPIRED);
    const ended = spotify.tokens.authorizations.at(-1);
    assert.ok(ended);
    await signInFromAccountsMenu(WIDER);
    ended.revoked = true;
    assert.deepEqual((await silently())?.scopes, SCOPES);
  });

  it('withdraw every request from the Accounts menu that they cover', async () => {
    const requests = async () =>
      (await vscode.commands.getCommands()).filter((id) =>
        id.startsWith(`spotify:${OWN_ID}:signIn`),
      );
    // The order differs from that of WIDER.
    await vscode.authentication.getSession('spotify', ['user-top-read', 'user-read-private']);
    await vscode.authentication.getSession('spotify', ['user-top-read']);
    // The third request is the extension's own offer to sign in.
    while ((await requests()).length !== 3);
    await signInFromAccountsMenu([...WIDER, 'user-read-email']);
    assert.deepEqual(await requests(), []);
    assert.deepEqual(await accountLabels(), ['Alva Lind (test server)']);
  });

  it('stay removed if the user signs out during their refresh', async () => {
    const { spotify } = suite;
    await using storage = new EditorStorage();
    using window = new TestWindow(storage);
    const { id } = await window.provider.createSession(SCOPES);
    await window.age({ token: { ...storage.record().token, expiresAt: 1 } });
    window.events.length = 0;
    spotify.requests.clear();
    spotify.faults.next(1, { on: 'token', delayMs: 300 });
    const asked = window.provider.getSessions(SCOPES);
    while (refreshes() === 0) await new Promise((resolve) => setImmediate(resolve));
    await window.provider.removeSession(id);
    assert.deepEqual(await asked, []);
    assert.deepEqual(storage.records(), []);
    assert.deepEqual(window.events, [{ added: [], changed: [], removed: [id] }]);
    assert.deepEqual(await window.provider.getSessions(SCOPES), []);
  });

  it('are not listed in the Accounts menu while SecretStorage cannot be read', async () => {
    await using storage = new EditorStorage();
    using writer = new TestWindow(storage);
    const { id } = await writer.provider.createSession(SCOPES);
    const secrets = storage.secrets.window();
    let isLocked = true;
    const unlocked = <T>(read: () => Thenable<T>) =>
      isLocked ? Promise.reject(new Error('locked')) : read();
    storage.secrets.window = () => ({
      ...secrets,
      keys: () => unlocked(() => secrets.keys()),
      get: (key) => unlocked(() => secrets.get(key)),
    });
    using reader = new TestWindow(storage);
    const list = async () => (await reader.provider.getSessions(undefined)).map((one) => one.id);
    assert.deepEqual(await list(), []);
    isLocked = false;
    assert.deepEqual(await list(), [id]);
  });

  it('do not change if an unknown id is signed out, and no event is fired', async () => {
    await using storage = new EditorStorage();
    using window = new TestWindow(storage);
    await window.provider.removeSession('unknown');
    assert.deepEqual(window.events, []);
  });

  it('are all removed by a sign-out, without a request', async () => {
    const { spotify } = suite;
    await signInFromAccountsMenu(SCOPES);
    await signInFromAccountsMenu(['user-top-read']);
    await silently();
    spotify.requests.clear();
    await signOut('Alva Lind (test server)');
    assert.deepEqual([await accountLabels(), await silently(), await silently([])].flat(), [
      undefined,
      undefined,
    ]);
    assert.deepEqual(spotify.requests.all, []);
  });
});
