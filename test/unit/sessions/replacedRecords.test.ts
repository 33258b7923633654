import assert from 'node:assert/strict';
import { FileSessionRevisions } from '../../../src/node/fileSessionRevisions.ts';
import { readyFaults } from '../../spotify/index.ts';
import { passTime } from './clock.ts';
import type { Window } from './fakeWindow.ts';
import { RefreshScene } from './refreshScene.ts';

/** About src/sessions/sessionRefresher.ts. */
describe('a refused token', () => {
  const scene = new RefreshScene();

  /** Has the client ID refused, and another window do `meanwhile` before the answer arrives. */
  async function refuseWhile(id: string, meanwhile: (other: Window) => Promise<unknown>) {
    const [window, other] = [await scene.open(), await scene.open()];
    scene.spotify.faults.next(1, {
      on: 'token',
      ...readyFaults.falseInvalidGrant,
      body: '{"error":"invalid_client"}',
      delayMs: 100,
    });
    const asked = window.accessToken(id);
    await scene.refreshed(1);
    assert.ok(await meanwhile(other));
    return { window, token: await asked };
  }

  it('of a session that another window has signed out meanwhile is not told to the user', async () => {
    const { id } = scene.keepSession(0);
    const { window, token } = await refuseWhile(id, ({ store }) => store.remove(id));
    assert.equal(token, undefined);
    assert.deepEqual([await window.store.all(), window.refused], [[], []]);
  });

  it('of a session that another window signs out while the refusal is stored is not told either', async () => {
    const { id } = scene.keepSession(0);
    const [other, secrets] = [await scene.open(), scene.machine.secrets.window()];
    const window = await scene.open({
      secrets: {
        ...secrets,
        store: async (key, text) => {
          await secrets.store(key, text);
          if (text.includes('refusedAt')) await other.store.remove(id);
        },
      },
    });
    scene.spotify.faults.next(1, { on: 'token', ...readyFaults.falseInvalidGrant });
    assert.equal(await window.accessToken(id), undefined);
    assert.deepEqual([await window.store.all(), window.refused], [[], []]);
  });

  it('ends no sign-in that another window has just stored, and the token of that is returned', async () => {
    const session = scene.keepSession(0);
    const { alva, app, spotify } = scene;
    const token = { ...spotify.tokens.issue(alva, app), expiresAt: Date.now() / 1000 + 3600 };
    const { window, token: brought } = await refuseWhile(session.id, ({ store }) =>
      store.put({ ...session, token }),
    );
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
