import assert from 'node:assert/strict';
import { readyFaults } from '../../spotify/index.ts';
import { ownClient } from '../../../src/common/client.ts';
import { TOKEN_REQUEST_TIMEOUT_MS } from '../../../src/common/timeLimits.ts';
import { serializeSession, type StoredSession } from '../../../src/sessions/storedSession.ts';
import { SCOPES } from '../asConsumer.ts';
import { HeldTimers } from '../heldTimers.ts';
import { MovedClock } from '../movedClock.ts';
import { TestEditor } from '../testEditor.ts';
import { integrationSuite } from '../suite.ts';

const now = () => Date.now() / 1000;

/** About src/provider/freshToken.ts and src/sessions/matchingSessions.ts. */
describe('two sessions of one account, for two Spotify apps', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });
  let own: StoredSession;

  beforeEach(async () => {
    await suite.editor.window.provider.createSession(SCOPES);
    own = suite.editor.storage.record();
    suite.spotify.requests.clear();
  });

  /**
   * Stores a session of the configured app and one of another app. Their tokens expire after so many
   * seconds. Returns the other app's access token.
   */
  async function store(ownSecondsLeft: number, otherSecondsLeft: number): Promise<string> {
    const { spotify } = suite;
    const { storage, window } = suite.editor;
    const user = spotify.users.get('alva');
    assert.ok(user);
    const app = spotify.addApp({ redirectUris: [] });
    const token = spotify.tokens.issue(user, app, SCOPES);
    const other = { ...own, id: 'other', client: ownClient(app.clientId) };
    for (const session of [
      { ...own, token: { ...own.token, expiresAt: now() + ownSecondsLeft } },
      { ...other, token: { ...token, expiresAt: now() + otherSecondsLeft } },
    ]) {
      const text = serializeSession({ ...session, revision: own.revision + 1 });
      await storage.secrets.window().store(`session:${session.id}`, text);
      await window.store.reread(session.id);
    }
    return token.accessToken;
  }

  const ask = () => suite.editor.window.provider.getSessions(SCOPES);
  const refreshes = () => suite.spotify.requests.count('token', 'refresh_token');

  it('match a request with the one of the configured app', async () => {
    await store(3600, 3600);
    const sessions = await ask();
    assert.deepEqual(
      sessions.map(({ id }) => id),
      [own.id],
    );
  });

  it('are listed with the one of the configured app first, whichever is older', async () => {
    const { storage, window } = suite.editor;
    await store(3600, 3600);
    const other = storage.records().find(({ id }) => id === 'other');
    await window.age({ consentedAt: own.consentedAt - 1000 }, other);
    const listed = await window.provider.getSessions(undefined);
    assert.deepEqual(
      listed.map(({ id }) => id),
      [own.id, 'other'],
    );
  });

  it('replace each other if Spotify refuses one, each refreshed with its own client ID', async () => {
    const { spotify } = suite;
    const { storage } = suite.editor;
    await store(-1, -1);
    spotify.faults.next(1, readyFaults.falseInvalidGrant);
    const sessions = await ask();
    assert.deepEqual(
      sessions.map(({ id }) => id),
      ['other'],
    );
    const sent = spotify.requests.to('token').map(({ form }) => form.get('client_id'));
    const other = storage.records().find(({ id }) => id === 'other');
    assert.deepEqual(sent, [own.client.id, other?.client.id]);
  });

  it('replace each other if one cannot be refreshed at the moment', async () => {
    const token = await store(-1, 3600);
    suite.spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(48_925) });
    assert.deepEqual(
      (await ask()).map(({ accessToken }) => accessToken),
      [token],
    );
  });

  it('are not both refreshed if Spotify is too busy, because a call may take ten seconds only', async () => {
    await store(-1, -1);
    suite.spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(48_925) });
    await assert.rejects(ask(), /You stay signed in/);
    assert.equal(refreshes(), 1);
  });

  it('share the ten seconds of a call, however late Spotify refuses the first', async () => {
    const { spotify } = suite;
    await store(-1, -1);
    spotify.faults.next(1, { ...readyFaults.falseInvalidGrant, delayMs: 300 });
    spotify.faults.next(9, { on: 'token', delayMs: 60_000 });
    using clock = new MovedClock();
    using timers = new HeldTimers(TOKEN_REQUEST_TIMEOUT_MS);
    const asked = assert.rejects(ask(), /You stay signed in/);
    while (refreshes() === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.aheadSeconds = 8;
    await asked;
    assert.equal(refreshes(), 2);
    // The request goes on, and the next call gets its result.
    spotify.faults.clear();
    timers.pass(TOKEN_REQUEST_TIMEOUT_MS);
    assert.deepEqual(
      (await ask()).map(({ id }) => id),
      ['other'],
    );
  });
});
