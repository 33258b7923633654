import assert from 'node:assert/strict';
import { createAuthProvider, type SessionOptions } from '../../../src/adapters/vscode.ts';
import type { App, Spotify, User } from '../../spotify/index.ts';
import { isNoSession, openScene } from './adapterScene.ts';
import { FakeEditor } from './fakeEditor.ts';

const REFRESH = 'spotify-authentication.refreshAccessToken';

/** About createAuthProvider in src/adapters/vscode.ts. */
describe('createAuthProvider, when the session changes', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;
  let editor: FakeEditor;

  before(async () => ({ spotify, app, alva } = await openScene()));
  after(() => spotify.close());
  beforeEach(() => {
    editor = new FakeEditor(spotify, app, alva);
  });

  const create = (options?: SessionOptions) =>
    createAuthProvider(editor.api, ['user-read-private', 'user-top-read'], options);

  const changes: Record<string, () => void> = {
    'the token was refreshed': () => editor.refresh(),
    'another account signed in': () => editor.signIn(),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`forgets the token at once when ${what}`, async () => {
      editor.signIn();
      const provider = create();
      const before = await provider.getAccessToken();
      change();
      assert.notEqual(await provider.getAccessToken(), before);
      assert.equal(editor.dialogs, 0);
    });
  }

  for (const ending of ['signOut', 'revoke'] as const) {
    it(`returns no token after ${ending} until the user agrees again`, async () => {
      editor.signIn();
      const [silent, asking] = [create({ ask: false }), create()];
      for (const provider of [silent, asking]) await provider.getAccessToken();
      editor[ending]();
      editor.says = new Error('User did not consent to login.');
      await assert.rejects(silent.getAccessToken(), isNoSession);
      await assert.rejects(asking.getAccessToken(), isNoSession);
      editor.says = 'yes';
      assert.equal(await asking.getAccessToken(), editor.accessToken);
      assert.equal(await silent.getAccessToken(), editor.accessToken);
    });
  }

  it('ignores the changes of other providers', async () => {
    editor.signIn();
    const provider = create();
    await provider.getAccessToken();
    editor.fire('github');
    await provider.getAccessToken();
    assert.equal(editor.asked.length, 1);
  });

  it('does not cache an answer after a change of sessions', async () => {
    editor.signIn();
    const provider = create();
    editor.beforeAnswer = () => editor.refresh();
    const overtaken = await provider.getAccessToken();
    editor.beforeAnswer = () => undefined;
    for (let calls = 0; calls < 2; calls++) {
      assert.equal(await provider.getAccessToken(), editor.accessToken);
    }
    assert.notEqual(editor.accessToken, overtaken);
    assert.equal(editor.asked.length, 2);
  });

  it('calls VS Code again after a change, while the answer to an earlier call is pending', async () => {
    editor.signIn();
    const provider = create();
    const [begun, slow] = [Promise.withResolvers<true>(), Promise.withResolvers<never>()];
    editor.beforeAnswer = () => {
      begun.resolve(true);
      return slow.promise;
    };
    const early = provider.getAccessToken();
    await begun.promise;
    editor.refresh();
    editor.beforeAnswer = () => undefined;
    assert.equal(await provider.getAccessToken(), editor.accessToken);
    slow.reject(new Error('too late'));
    await assert.rejects(early, /too late/);
    assert.equal(await provider.getAccessToken(), editor.accessToken);
    assert.equal(editor.asked.length, 2);
  });

  describe('renew', () => {
    it('gets another token for the session', async () => {
      const provider = create();
      const refused = await provider.getAccessToken();
      await provider.renew();
      assert.deepEqual(editor.commandsRun, [[REFRESH, 'session-1']]);
      assert.notEqual(await provider.getAccessToken(), refused);
    });

    it('refreshes the session of the token that was returned last', async () => {
      editor.signIn();
      const provider = create();
      await provider.getAccessToken();
      editor.signIn();
      await provider.getAccessToken();
      await provider.renew();
      assert.deepEqual(editor.commandsRun, [[REFRESH, 'session-2']]);
    });

    it('rejects with the error of the refresh', async () => {
      editor.signIn();
      const provider = create();
      await provider.getAccessToken();
      const failure = new Error('Spotify cannot be reached.');
      editor.beforeCommand = () => Promise.reject(failure);
      await assert.rejects(provider.renew(), failure);
    });

    it('forgets the token also if VS Code fires no event', async () => {
      editor.signIn();
      const provider = create();
      await provider.getAccessToken();
      editor.listeners.clear();
      await provider.renew();
      assert.equal(await provider.getAccessToken(), editor.accessToken);
    });

    it('does nothing before there is a session', async () => {
      await create().renew();
      assert.deepEqual(editor.commandsRun, []);
    });
  });

  describe('close', () => {
    it('removes the listener, and makes every later call fail without a dialog', async () => {
      editor.signIn();
      const provider = create();
      await provider.getAccessToken();
      assert.equal(editor.listeners.size, 1);
      provider.close();
      assert.equal(editor.listeners.size, 0);
      await assert.rejects(provider.getAccessToken(), /^Error: The AuthProvider is closed/);
      await provider.renew();
      assert.equal(editor.asked.length, 1);
      assert.deepEqual(editor.commandsRun, []);
    });

    it('lets a pending call end, and renews no token for it', async () => {
      editor.signIn();
      const provider = create();
      const underWay = provider.getAccessToken();
      provider.close();
      assert.equal(await underWay, editor.accessToken);
      await provider.renew();
      assert.deepEqual(editor.commandsRun, []);
    });
  });
});
