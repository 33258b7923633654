import assert from 'node:assert/strict';
import { refreshAccessToken } from '../../../src/commands/refreshAccessToken.ts';
import { readyFaults } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { TestWindow } from '../testWindow.ts';
import { integrationSuite } from '../suite.ts';

const HOUR = 3600;
const now = () => Date.now() / 1000;

describe('the command Refresh Access Token', () => {
  const suite = integrationSuite({ ownApp: true, editor: () => new InteractiveEditor() });
  let id: string;

  beforeEach(async () => {
    const { window } = suite.editor;
    ({ id } = await window.provider.createSession(SCOPES));
    // The token was received an hour ago, but has not expired.
    await window.age({ consentedAt: now() - HOUR });
    window.events.length = 0;
    suite.spotify.requests.clear();
  });

  const refreshes = () => suite.spotify.requests.count('token', 'refresh_token');
  const token = () => suite.editor.storage.record().token.accessToken;
  const run = (...args: unknown[]): Promise<unknown> =>
    refreshAccessToken(suite.editor.window.context, ...args);

  describe('with a session id', () => {
    afterEach(() => {
      const { editor } = suite;
      assert.deepEqual([editor.messages.all, editor.inputs.all], [[], []], 'the user was told');
    });

    it('gets the session a new token, announces the change, and returns nothing', async () => {
      const { window } = suite.editor;
      const before = token();
      assert.equal(await run(id), undefined);
      const [session] = await window.provider.getSessions(SCOPES);
      assert.notEqual(session?.accessToken, before);
      assert.deepEqual(window.events, [{ added: [], changed: [id], removed: [] }]);
      assert.equal(refreshes(), 1);
    });

    it('does not replace a token of the last minute, also of another window', async () => {
      const { editor } = suite;
      const { window } = editor;
      using other = new TestWindow(editor.storage);
      await refreshAccessToken(other.context, id);
      await run(id);
      await Promise.all([run(id), refreshAccessToken(other.context, id)]);
      assert.equal(refreshes(), 1);
      await window.age({ refreshedAt: now() - 61 });
      await run(id);
      assert.equal(refreshes(), 2);
    });

    it('asks Spotify once if two windows run it at the same moment', async () => {
      using other = new TestWindow(suite.editor.storage);
      await other.store.list();
      await Promise.all([run(id), refreshAccessToken(other.context, id), run(id)]);
      assert.equal(refreshes(), 1);
    });

    it('does nothing for an unknown id or a value that is no id', async () => {
      for (const none of ['unknown', '../sessions', '', 7, null, {}]) await run(none);
      assert.equal(refreshes(), 0);
    });

    it('logs a failure without a message, and keeps the session', async () => {
      const { spotify, editor } = suite;
      const { window } = editor;
      spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(48_925) });
      assert.equal(await run(id), undefined);
      assert.equal(await run(id), undefined);
      assert.equal(editor.storage.record().suspendedAt, undefined);
      assert.ok(window.log.some((line) => line.includes('Another extension’s refresh has failed')));
      assert.ok(!window.log.join('\n').includes(token()));
    });

    it('does not refresh a session that Spotify has ended', async () => {
      await suite.editor.window.age({ suspendedAt: now() - 2 * HOUR });
      await run(id);
      assert.equal(refreshes(), 0);
    });
  });

  it('refreshes the only session, and says how long the token is valid', async () => {
    const { editor } = suite;
    const before = token();
    await run();
    assert.notEqual(token(), before);
    const said = /^Alva Lind has a new access token, valid until \d+:\d\d [AP]M\.$/;
    await editor.messages.waitFor(said);
    assert.deepEqual([editor.inputs.all, editor.messages.all.length], [[], 1]);
    assert.equal(
      editor.progress.latest.title,
      'Asking Spotify for a new access token for Alva Lind…',
    );
  });

  it('lets the user choose one of several sessions', async () => {
    const { spotify, editor } = suite;
    const { window } = editor;
    spotify.behaviour.consent = { agreeAs: 'noor' };
    await window.context.signIn.run({ scopes: SCOPES });
    const running = run();
    const pick = await editor.inputs.pick();
    assert.deepEqual(pick.labels, ['Alva Lind', 'Noor Haddad']);
    pick.choose('Alva Lind');
    await running;
    await editor.messages.waitFor(/^Alva Lind has a new access token/);
    assert.equal(refreshes(), 1);
  });

  it('says that a token of the last minute needs no refresh', async () => {
    await run();
    await run();
    await suite.editor.messages.waitFor(
      /^The access token of Alva Lind was not refreshed, because it is less than a minute old/,
    );
    assert.equal(refreshes(), 1);
  });

  it('says why there is no new token, and tries again if the user wants to', async () => {
    const { spotify, editor } = suite;
    spotify.faults.next(1, { on: 'token', ...readyFaults.tooManyRequests(48_925) });
    await run();
    const { text, severity, buttons } = await editor.messages.waitFor(/too busy/);
    assert.deepEqual([severity, buttons], ['error', ['Try Again', 'Show Log']]);
    assert.ok(text.startsWith('Spotify is too busy'));
    assert.equal(editor.messages.all.length, 1);
    editor.messages.all[0]?.answer('Try Again');
    const count = () => editor.messages.all.length;
    await eventually(() => count() === 2);
  });

  it('says that there is no new token if Spotify’s answer makes no sense', async () => {
    const { spotify, editor } = suite;
    spotify.faults.next(9, { on: 'token', status: 200, body: '<html>words of a server</html>' });
    await run();
    assert.deepEqual(editor.messages.texts, [
      'Getting a new access token failed. You stay signed in.',
    ]);
  });

  it('says once that Spotify has ended the session, if the refresh finds that out', async () => {
    const { spotify, editor } = suite;
    const { window } = editor;
    spotify.faults.next(1, readyFaults.falseInvalidGrant);
    await run();
    await editor.messages.waitFor(/^Spotify has ended the session of Alva Lind\./);
    await window.allMessagesShown();
    assert.equal(editor.messages.all.length, 1);
  });

  it('offers to sign in if no account is signed in', async () => {
    const { editor } = suite;
    const { window } = editor;
    await window.provider.removeSession(id);
    await run();
    await editor.messages.waitFor(/^You are not signed in to Spotify\./);
  });
});
