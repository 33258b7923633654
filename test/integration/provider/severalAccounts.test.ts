import assert from 'node:assert/strict';
import { readyFaults } from '../../spotify/index.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { SCOPES } from '../asConsumer.ts';
import { TestEditor } from '../testEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/provider/freshToken.ts. */
describe('sessions of two accounts', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });
  let alva: StoredSession;
  let noor: StoredSession;

  beforeEach(async () => {
    const { spotify, editor } = suite;
    for (const user of ['alva', 'noor']) {
      spotify.behaviour.consent = { agreeAs: user };
      const scopes = user === 'alva' ? SCOPES : [...SCOPES, 'user-top-read'];
      await editor.window.provider.createSession(scopes);
    }
    [alva, noor] = editor.storage.records() as [StoredSession, StoredSession];
    spotify.requests.clear();
  });

  const ask = (account?: StoredSession['account']) =>
    suite.editor.window.provider.getSessions(SCOPES, { ...(account && { account }) });

  /** Has Noor's access token expire, and Spotify refuse a new one for hours. */
  async function failForNoor(): Promise<void> {
    const { spotify, editor } = suite;
    const expiresAt = Date.now() / 1000 - 1;
    await editor.window.age({ token: { ...noor.token, expiresAt } }, noor);
    spotify.faults.next(1, { on: 'token', ...readyFaults.quotaExceeded() });
  }

  it('are both returned even if one has no new token, or VS Code would use the other account', async () => {
    await failForNoor();
    const answered = await ask();
    assert.deepEqual(
      answered.map(({ id, accessToken }) => [id, accessToken]),
      [alva, noor].map(({ id, token }) => [id, token.accessToken]),
    );
    assert.equal(suite.spotify.requests.count('token'), 1);
  });

  it('are announced with their own scopes only if no request is pending', async () => {
    const { provider, events } = suite.editor.window;
    await ask();
    events.length = 0;
    const { id } = await provider.createSession([...SCOPES, 'user-read-email']);
    assert.deepEqual(events, [{ added: [id], changed: [], removed: [] }]);
  });

  it('do not replace each other: a request for the account without a token fails', async () => {
    await failForNoor();
    await assert.rejects(ask(noor.account), /You stay signed in/);
    assert.deepEqual(
      (await ask(alva.account)).map(({ id }) => id),
      [alva.id],
    );
  });
});
