import assert from 'node:assert/strict';
import { FileSessionRevisions } from '../../../src/node/fileSessionRevisions.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';
import { readyFaults } from '../../spotify/index.ts';
import { passTime } from './clock.ts';
import { RefreshScene } from './refreshScene.ts';

/** About src/sessions/sessionRefresher.ts. */
describe('a refused token', () => {
  const scene = new RefreshScene();

  /** Has the client ID refused, and another window store `newer` before the answer arrives. */
  async function refuseWhileStored(session: StoredSession, newer: StoredSession) {
    const [window, other] = [await scene.open(), await scene.open()];
    scene.spotify.faults.next(1, {
      on: 'token',
      ...readyFaults.falseInvalidGrant,
      body: '{"error":"invalid_client"}',
      delayMs: 100,
    });
    const asked = window.accessToken(session.id);
    await scene.refreshed(1);
    assert.ok(await other.store.put(newer));
    return { window, token: await asked };
  }

  it('ends no sign-in that another window has just stored, and the token of that is returned', async () => {
    const session = scene.keepSession(0);
    const { alva, app, spotify } = scene;
    const token = { ...spotify.tokens.issue(alva, app), expiresAt: Date.now() / 1000 + 3600 };
    const { window, token: brought } = await refuseWhileStored(session, { ...session, token });
    assert.equal(brought, token.accessToken);
    assert.deepEqual([(await window.store.list())[0]?.token, window.refused], [token, []]);
  });

  for (const [what, changes] of [
    ['a young session', {}],
    ['a session of six months', { consentedAt: Date.now() / 1000 - 182 * 24 * 3600 }],
  ] as const) {
    it(`ends ${what} though its newest record is lost, and the user is told once`, async () => {
      const { id } = scene.keepSession(0, changes);
      await new FileSessionRevisions(scene.machine.folder).setRevision(id, 9);
      const window = await scene.open();
      scene.spotify.faults.next(9, { on: 'token', ...readyFaults.falseInvalidGrant });
      // Each read waits a second for the lost record.
      const passing = setInterval(() => passTime(1), 50);
      try {
        for (let calls = 0; calls < 2; calls++) {
          assert.equal(await window.accessToken(id), undefined);
        }
      } finally {
        clearInterval(passing);
      }
      assert.deepEqual([await window.store.list(), window.refused.length], [[], 1]);
      const [session] = await window.store.all();
      assert.notEqual(session?.suspendedAt, undefined, 'the next sign-in opens the browser');
      assert.equal(scene.refreshes, 1);
    });
  }
});
