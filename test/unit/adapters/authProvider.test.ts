import assert from 'node:assert/strict';
import { createAuthProvider, type SessionOptions } from '../../../src/adapters/vscode.ts';
import type { App, Spotify, User } from '../../spotify/index.ts';
import { moveClock, resetClock } from '../sessions/clock.ts';
import { isNoSession, openScene } from './adapterScene.ts';
import { FakeEditor } from './fakeEditor.ts';

describe('createAuthProvider', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;
  let editor: FakeEditor;

  before(async () => ({ spotify, app, alva } = await openScene()));
  after(() => spotify.close());
  beforeEach(() => {
    editor = new FakeEditor(spotify, app, alva);
  });
  afterEach(resetClock);

  const create = (options?: SessionOptions) =>
    createAuthProvider(editor.api, ['user-read-private', 'user-top-read'], options);

  it('asks the person once, and then nobody', async () => {
    const provider = create();
    const accessToken = await provider.getAccessToken();
    assert.equal(accessToken, editor.accessToken);
    assert.equal(await create().getAccessToken(), accessToken);
    assert.equal(editor.dialogs, 1);
    assert.deepEqual(editor.asked.at(-1), [
      'spotify',
      ['user-read-private', 'user-top-read'],
      { createIfNone: true },
    ]);
  });

  it('has VS Code’s dialog say what it is told to', async () => {
    await create({ ask: { detail: 'Your playlists will be shown.' } }).getAccessToken();
    assert.deepEqual(editor.asked[0]?.[2], {
      createIfNone: { detail: 'Your playlists will be shown.' },
    });
  });

  it('asks for the account that is meant', async () => {
    const account = { id: 'alva', label: 'Alva' };
    editor.signIn();
    await create({ account }).getAccessToken();
    await create({ account, ask: false }).getAccessToken();
    assert.deepEqual(
      editor.asked.map(([, , options]) => options),
      [
        { createIfNone: true, account },
        { silent: true, account },
      ],
    );
  });

  it('gets the app’s own tokens where they are wanted', async () => {
    editor.signIn();
    await createAuthProvider(editor.api, [], { providerId: 'spotify-app' }).getAccessToken();
    assert.deepEqual(editor.asked[0]?.slice(0, 2), ['spotify-app', []]);
  });

  it('passes on what VS Code says when the person says no, and asks again next time', async () => {
    editor.says = new Error('User did not consent to login.');
    const provider = create();
    await assert.rejects(provider.getAccessToken(), (error) => error === editor.says);
    editor.says = 'yes';
    assert.equal(await provider.getAccessToken(), editor.accessToken);
  });

  it('asks nobody where it may not', async () => {
    const provider = create({ ask: false });
    await assert.rejects(provider.getAccessToken(), isNoSession);
    editor.signIn();
    assert.equal(await provider.getAccessToken(), editor.accessToken);
    editor.revoke();
    await assert.rejects(provider.getAccessToken(), isNoSession);
    assert.equal(editor.dialogs, 0);
  });

  it('asks VS Code once for however many callers', async () => {
    editor.signIn();
    const provider = create();
    const tokens = await Promise.all(Array.from({ length: 100 }, () => provider.getAccessToken()));
    assert.deepEqual([...new Set(tokens)], [editor.accessToken]);
    assert.equal(editor.asked.length, 1);
  });

  it('remembers the answer for half of the minute that it is good for', async () => {
    editor.signIn();
    const provider = create();
    for (const [seconds, asked] of [
      [0, 1],
      [29, 1],
      [2, 2],
    ] as const) {
      moveClock(seconds);
      await provider.getAccessToken();
      assert.equal(editor.asked.length, asked);
    }
  });

  it('remembers nothing for longer because the clock was set back', async () => {
    editor.signIn();
    const provider = create();
    await provider.getAccessToken();
    moveClock(-1);
    for (let calls = 0; calls < 2; calls++) await provider.getAccessToken();
    assert.equal(editor.asked.length, 2);
  });

  it('counts from when it asked: a dialog may have stood open for hours', async () => {
    editor.beforeAnswer = () => moveClock(31);
    editor.signIn();
    const provider = create();
    await provider.getAccessToken();
    await provider.getAccessToken();
    assert.equal(editor.asked.length, 2);
  });
});
