import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import {
  createAuthProvider,
  NoSessionError,
  type SessionOptions,
} from '../../../src/adapters/vscode.ts';
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

  it('asks the user once', async () => {
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

  it('gives VS Code’s dialog its text', async () => {
    await create({ ask: { detail: 'Your playlists will be shown.' } }).getAccessToken();
    assert.deepEqual(editor.asked[0]?.[2], {
      createIfNone: { detail: 'Your playlists will be shown.' },
    });
  });

  it('lets one call choose another account, or sign in again, with the text', async () => {
    editor.signIn();
    const provider = create();
    const options = [
      [{ clearSessionPreference: true, detail: 'Which one?' }, 'createIfNone'],
      [{ forceNewSession: true, detail: 'Which one?' }, 'forceNewSession'],
    ] as const;
    for (const [ask, dialog] of options) {
      await provider.getAccessToken({ ask });
      const cleared = dialog === 'createIfNone' && { clearSessionPreference: true };
      assert.deepEqual(editor.asked.at(-1)?.[2], {
        [dialog]: { detail: 'Which one?' },
        ...cleared,
      });
    }
  });

  it('has no old token once the user has chosen an account again, whichever it is', async () => {
    editor.signIn();
    const [asking, silent] = [{ ask: true }, { ask: false }];
    const provider = create();
    for (const options of [asking, silent]) await provider.getAccessToken(options);
    await provider.getAccessToken({ ask: { clearSessionPreference: true } });
    for (const options of [asking, silent]) await provider.getAccessToken(options);
    assert.equal(editor.asked.length, 5);
  });

  it('requests the given account', async () => {
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

  it('rejects if the editor returns a session of another account, as Theia does', async () => {
    const provider = create({ account: { id: 'boris', label: 'Boris' }, ask: false });
    editor.signIn();
    for (let calls = 0; calls < 2; calls++) {
      await assert.rejects(provider.getAccessToken(), isNoSession);
    }
    assert.equal(editor.asked.length, 2);
    await provider.renew();
    assert.deepEqual(editor.commandsRun, [], 'the session of the other account is not refreshed');
  });

  it('gets the app’s own tokens with spotify-app', async () => {
    editor.signIn();
    await createAuthProvider(editor.api, [], { providerId: 'spotify-app' }).getAccessToken();
    assert.deepEqual(editor.asked[0]?.slice(0, 2), ['spotify-app', []]);
  });

  for (const says of [
    new Error('User did not consent to login.'),
    'User did not consent to account access',
    Object.assign(new Error('Canceled'), { name: 'Canceled' }),
    // Of another realm, as in test runners that use `vm`: no instance of `Error` here.
    runInNewContext("new Error('Canceled in another realm')") as Error,
  ]) {
    it(`rejects with a NoSessionError after “${String(says)}”, and asks again next time`, async () => {
      editor.says = says;
      const provider = create();
      await assert.rejects(provider.getAccessToken(), (error) => {
        assert.ok(error instanceof NoSessionError);
        assert.equal(error.cause, says);
        return error.message === (typeof says === 'string' ? says : says.message);
      });
      editor.says = 'yes';
      assert.equal(await provider.getAccessToken(), editor.accessToken);
    });
  }

  it('rejects with any other error of VS Code', async () => {
    editor.says = new Error('Spotify cannot be reached.');
    await assert.rejects(create().getAccessToken(), (error) => error === editor.says);
  });

  it('does not ask the user with ask: false', async () => {
    const provider = create({ ask: false });
    await assert.rejects(provider.getAccessToken(), isNoSession);
    editor.signIn();
    assert.equal(await provider.getAccessToken(), editor.accessToken);
    editor.revoke();
    await assert.rejects(provider.getAccessToken(), isNoSession);
    assert.equal(editor.dialogs, 0);
  });

  it('calls VS Code once for all callers at once', async () => {
    editor.signIn();
    const provider = create();
    const tokens = await Promise.all(Array.from({ length: 100 }, () => provider.getAccessToken()));
    assert.deepEqual([...new Set(tokens)], [editor.accessToken]);
    assert.equal(editor.asked.length, 1);
  });

  it('caches the token for half a minute', async () => {
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

  it('does not cache the token for longer when the clock is set back', async () => {
    editor.signIn();
    const provider = create();
    await provider.getAccessToken();
    moveClock(-1);
    for (let calls = 0; calls < 2; calls++) await provider.getAccessToken();
    assert.equal(editor.asked.length, 2);
  });

  it('counts from the call of VS Code, since a dialog may stay open for hours', async () => {
    editor.beforeAnswer = () => moveClock(31);
    editor.signIn();
    const provider = create();
    await provider.getAccessToken();
    await provider.getAccessToken();
    assert.equal(editor.asked.length, 2);
  });
});
