import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { readyFaults } from '../../spotify/index.ts';
import { AppEditor } from '../appEditor.ts';
import { eventually } from '../eventually.ts';
import { TestWindow } from '../testWindow.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

/** About src/appTokens/appAuthenticationProvider.ts and src/appTokens/appSessions.ts. */
describe('app tokens', () => {
  const suite = integrationSuite({ ownApp: true, editor: ({ app }) => new AppEditor(app) });

  const ask = () => suite.editor.provider.getSessions([]);
  const list = () => suite.editor.provider.getSessions(undefined);

  it('do not exist before the user has entered the client secret, and nothing is asked or shown', async () => {
    const { spotify, editor } = suite;
    assert.deepEqual([await ask(), await list()], [[], []]);
    assert.deepEqual([spotify.requests.all, editor.messages.all, editor.inputs.all], [[], [], []]);
  });

  it('are requested once the user has entered the client secret in a box that explains it', async () => {
    const { spotify, editor } = suite;
    const creating = editor.provider.createSession([]);
    const box = await editor.inputs.box();
    assert.equal(box.title, 'Spotify: Client Secret of Your App');
    const id = editor.app.clientId.slice(0, 6);
    assert.match(box.prompt ?? '', new RegExp(`client secret of your app.*${id}….*catalogue`));
    assert.equal((box as unknown as vscode.InputBox).password, true);
    box.accept();
    assert.equal(box.complaint, 'Paste the client secret of your Spotify app.');
    box.type(` ${editor.app.clientSecret}\n`);
    box.accept();
    const session = await creating;
    const [again] = await ask();
    assert.deepEqual(again, session);
    assert.deepEqual(Object.keys(session).sort(), ['accessToken', 'account', 'id', 'scopes']);
    const start = editor.app.clientId.slice(0, 8);
    const account = { id: start, label: `${start}…` };
    assert.deepEqual([session.account, session.scopes], [account, []]);
    assert.ok(spotify.tokens.accessTokens.has(session.accessToken));
    assert.equal(spotify.requests.count('token', 'client_credentials'), 1);
    assert.ok(!JSON.stringify([session, editor.window.log]).includes(editor.app.clientSecret));
  });

  it('are requested again when a new session is forced, which keeps its id', async () => {
    const { editor } = suite;
    const first = await editor.createSession();
    const second = await editor.createSession();
    assert.notEqual(second.accessToken, first.accessToken);
    assert.equal(second.id, first.id);
  });

  it('are requested once if several extensions need them, and the user answers one dialog after the other', async () => {
    const { spotify, editor } = suite;
    assert.deepEqual([await ask(), await ask(), await ask()], [[], [], []]);
    const session = await editor.createSession();
    assert.deepEqual(await editor.provider.createSession([]), session);
    assert.deepEqual(await editor.provider.createSession([]), session);
    assert.equal(editor.inputs.all.length, 1);
    assert.equal(spotify.requests.count('token'), 1);
  });

  it('are available in a later window, with the same session id', async () => {
    const { editor } = suite;
    const { id } = await editor.createSession();
    using later = new TestWindow(editor.storage);
    const [session] = await later.context.appProvider.getSessions([]);
    assert.equal(session?.id, id);
  });

  it('are announced in every window when the session begins and when it ends', async () => {
    const { editor } = suite;
    using other = new TestWindow(editor.storage);
    const events: string[][] = [];
    other.context.appProvider.onDidChangeSessions(({ added, removed }) => {
      const told = [...(added ?? []), ...(removed ?? [])];
      events.push(told.map(({ id, scopes }) => `${id} ${scopes.length}`));
    });
    await other.context.appProvider.getSessions(undefined);
    const { id } = await editor.createSession();
    await eventually(() => events.length === 1);
    // VS Code withdraws a request for [] from the Accounts menu when a session has the scopes [''].
    assert.deepEqual(events[0], [`${id} 0`, `${id} 1`]);
    await editor.provider.removeSession(id);
    await eventually(() => events.length === 2);
    assert.deepEqual(events[1], [`${id} 0`]);
    assert.deepEqual(await other.context.appProvider.getSessions([]), []);
  });

  it('end when the session is removed, which also deletes the secret', async () => {
    const { editor } = suite;
    const { id } = await editor.createSession();
    await editor.provider.removeSession('another');
    assert.equal((await list()).length, 1);
    await editor.provider.removeSession(id);
    assert.deepEqual([await ask(), await list()], [[], []]);
    assert.ok(
      ![...editor.storage.secrets.stored.values()].join().includes(editor.app.clientSecret),
    );
  });

  it('belong to the configured app, and return when its client ID is configured again', async () => {
    const { editor } = suite;
    const { id } = await editor.createSession();
    await using settings = new Settings();
    await settings.set('clientId', 'f'.repeat(32));
    assert.deepEqual(await ask(), []);
    await settings.set('clientId', editor.app.clientId);
    assert.deepEqual(
      (await ask()).map((session) => session.id),
      [id],
    );
  });

  it('use the secret of the environment, so that the user is not asked and cannot delete it', async () => {
    const { editor } = suite;
    editor.environment.set('SPOTIFY_SDK_CLIENT_ID', editor.app.clientId);
    editor.environment.set('SPOTIFY_SDK_CLIENT_SECRET', editor.app.clientSecret);
    const [session] = await ask();
    assert.ok(session);
    await assert.rejects(editor.provider.removeSession(session.id), { name: 'Canceled' });
    await editor.messages.waitFor(
      /cannot be removed here, because it is in the environment variable SPOTIFY_SDK_CLIENT_SECRET/,
    );
    assert.equal((await editor.provider.createSession([])).id, session.id);
    assert.equal((await list()).length, 1);
    assert.deepEqual(editor.inputs.all, []);
  });

  it('do not use the secret of the environment if the environment names another app', async () => {
    const { editor } = suite;
    editor.environment.set('SPOTIFY_SDK_CLIENT_ID', 'f'.repeat(32));
    editor.environment.set('SPOTIFY_SDK_CLIENT_SECRET', editor.app.clientSecret);
    assert.deepEqual(await ask(), []);
  });

  it('are refused if an extension asks for scopes, because they have none', async () => {
    const { editor } = suite;
    await editor.createSession();
    for (const asked of [
      editor.provider.getSessions(['a']),
      editor.provider.createSession(['a']),
    ]) {
      await assert.rejects(asked, { name: 'AppScopesError' });
    }
  });

  it('are not returned for another account', async () => {
    const { editor } = suite;
    await editor.createSession();
    const account = { id: 'another', label: 'another' };
    assert.deepEqual(await editor.provider.getSessions([], { account }), []);
  });

  it('cannot be had while Spotify cannot be reached, and the session stays', async () => {
    const { spotify, editor } = suite;
    await editor.createSession();
    using later = new TestWindow(editor.storage);
    spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(48_925) });
    const expected = /cannot be reached at the moment, so there is no access token of your app/;
    await assert.rejects(later.context.appProvider.getSessions([]), expected);
    assert.equal((await later.context.appProvider.getSessions(undefined)).length, 1);
    assert.deepEqual(editor.messages.all, []);
  });

  it('do not change a stored record that cannot be read', async () => {
    const { editor } = suite;
    const key = `clientSecret:${editor.app.clientId}`;
    for (const record of ['', '{', '{"version":2,"sessionId":"x","clientSecret":"y"}']) {
      await editor.storage.secrets.window().store(key, record);
      assert.deepEqual([await ask(), await list()], [[], []]);
      assert.equal(editor.storage.secrets.stored.get(key), record);
    }
  });
});
