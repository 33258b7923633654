import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import {
  createAuthProvider,
  createFetch,
  NotInstalledError,
  type SessionOptions,
} from '../../../src/adapters/vscode.ts';
import type { App, Spotify, User } from '../../spotify/index.ts';
import { isNoSession, openScene } from './adapterScene.ts';
import { FakeEditor } from './fakeEditor.ts';
import { API } from './standInFetch.ts';

/** About createAuthProvider in src/adapters/vscode.ts. */
describe('one session for code that asks the user and code that must not', () => {
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
    createAuthProvider(editor.api, ['user-read-private'], options);
  const prompts = () => editor.asked.map(([, , options]) => options);

  describe('asks', () => {
    it('if the call says so, though the provider does not', async () => {
      const session = create({ ask: false });
      await assert.rejects(session.getAccessToken(), isNoSession);
      const detail = 'To show what plays.';
      assert.equal(await session.getAccessToken({ ask: { detail } }), editor.accessToken);
      assert.equal(await session.getAccessToken(), editor.accessToken);
      assert.deepEqual(prompts(), [
        { silent: true },
        { createIfNone: { detail } },
        { silent: true },
      ]);
    });

    it('not if the call says so, though the provider does', async () => {
      const session = create();
      await assert.rejects(session.getAccessToken({ ask: false }), isNoSession);
      assert.equal(editor.dialogs, 0);
    });

    it('without holding up a call that must not ask', async () => {
      const session = create();
      const answer = Promise.withResolvers<undefined>();
      editor.answered = answer.promise;
      const asking = session.getAccessToken();
      await assert.rejects(session.getAccessToken({ ask: false }), isNoSession);
      assert.equal(await session.isSignedIn(), false);
      assert.equal(editor.dialogs, 1);
      answer.resolve(undefined);
      assert.equal(await asking, editor.accessToken);
      assert.equal(await session.isSignedIn(), true);
    });
  });

  describe('isSignedIn', () => {
    it('is true while there is a session that the extension may use', async () => {
      const session = create();
      assert.equal(await session.isSignedIn(), false);
      editor.signIn();
      assert.equal(await session.isSignedIn(), true);
      editor.revoke();
      assert.equal(await session.isSignedIn(), false);
      assert.equal(editor.dialogs, 0);
    });

    it('rejects with VS Code’s error if it cannot tell', async () => {
      editor.signIn();
      const offline = new Error('Spotify cannot be reached.');
      editor.beforeAnswer = () => Promise.reject(offline);
      await assert.rejects(create().isSignedIn(), offline);
    });
  });

  it('tells that the extension is not installed, which is no session either', async () => {
    // This is what VS Code 1.105 and 1.139 throw after five seconds.
    const text = "Timed out waiting for authentication provider 'spotify' to register.";
    editor.signIn();
    editor.beforeAnswer = () => Promise.reject(new Error(text));
    const session = create();
    await assert.rejects(session.getAccessToken(), (error) => error instanceof NotInstalledError);
    assert.equal(await session.isSignedIn(), false);
  });

  describe('onDidChange', () => {
    it('reports changes of its provider, and then the token is the changed one', async () => {
      editor.signIn();
      const session = create();
      await session.getAccessToken();
      const seen: Promise<string>[] = [];
      session.onDidChange(() => seen.push(session.getAccessToken()));
      editor.fire('github');
      editor.refresh();
      assert.deepEqual(await Promise.all(seen), [editor.accessToken]);
    });

    it('ends when the listener or the session is disposed of', () => {
      const session = create();
      let calls = 0;
      const count = () => calls++;
      const [one] = [session.onDidChange(count), session.onDidChange(count)];
      one.dispose();
      editor.fire();
      assert.equal(calls, 1);
      session.dispose();
      editor.fire();
      assert.equal(calls, 1);
      assert.equal(editor.listeners.size, 0);
    });
  });

  describe('with a signal', () => {
    const reason = new Error('The user closed the view.');

    it('that has aborted, calls nothing', async () => {
      const signal = AbortSignal.abort(reason);
      await assert.rejects(create().getAccessToken({ signal }), reason);
      assert.equal(editor.asked.length, 0);
    });

    for (const [what, wait] of Object.entries({
      'getAccessToken ends at once': (signal: AbortSignal) => create().getAccessToken({ signal }),
      'a request of createFetch ends at once': (signal: AbortSignal) =>
        createFetch(create(), { fetch: () => assert.fail('sent') })(`${API}/v1/me`, { signal }),
    })) {
      it(`${what}, while the dialog stays open for others`, async () => {
        const answer = Promise.withResolvers<undefined>();
        editor.answered = answer.promise;
        const [controller, others] = [new AbortController(), create()];
        const ended = wait(controller.signal);
        const waits = others.getAccessToken();
        controller.abort(reason);
        await assert.rejects(ended, reason);
        answer.resolve(undefined);
        assert.equal(await waits, editor.accessToken);
      });
    }

    it('that aborts later, leaves the token and no listener', async () => {
      editor.signIn();
      const { signal } = new AbortController();
      assert.equal(await create().getAccessToken({ signal }), editor.accessToken);
      assert.deepEqual(getEventListeners(signal, 'abort'), []);
    });
  });
});
