import assert from 'node:assert/strict';
import { readyFaults } from '../../spotify/index.ts';
import type { Window } from './fakeWindow.ts';
import { RefreshScene } from './refreshScene.ts';

/** About `renew` in src/sessions/sessionRefresher.ts. */
describe('the renewal of an access token that has not expired', () => {
  const scene = new RefreshScene();

  async function renew({ store, refresher }: Window): Promise<string | undefined> {
    const [session] = await store.list();
    assert.ok(session);
    return refresher.renew(session);
  }

  it('makes one request for several calls, and stores the time of the refresh', async () => {
    const { id, token } = scene.keepSession(3600);
    const window = await scene.open();
    const tokens = new Set(await Promise.all([renew(window), renew(window), renew(window)]));
    const [stored] = await window.store.list();
    assert.deepEqual([...tokens], [stored?.token.accessToken]);
    assert.notEqual(stored?.token.accessToken, token.accessToken);
    assert.ok(Math.abs(Number(stored?.refreshedAt) - Date.now() / 1000) < 5);
    assert.equal(await window.accessToken(id), stored?.token.accessToken);
    assert.deepEqual([scene.refreshes, window.changes.length], [1, 1]);
  });

  it('takes the token that another window has got', async () => {
    scene.spotify.behaviour.rotateRefreshTokens = true;
    scene.keepSession(3600);
    const windows = await scene.openAll(3);
    const tokens = new Set(await Promise.all(windows.map(renew)));
    assert.equal(tokens.size, 1);
    assert.equal(scene.refreshes, 1);
  });

  it('keeps token and session if Spotify cannot be reached', async () => {
    const { id, token } = scene.keepSession(3600);
    const window = await scene.open();
    scene.spotify.faults.next(9, { on: 'token', ...readyFaults.tooManyRequests(48_925) });
    await assert.rejects(renew(window), { code: 'rate_limit' });
    assert.equal(await window.accessToken(id), token.accessToken);
    assert.deepEqual([window.changes, window.refused], [[], []]);
  });

  it('removes the token with its session if Spotify refuses the refresh token', async () => {
    scene.keepSession(3600);
    const window = await scene.open();
    scene.spotify.faults.next(1, readyFaults.falseInvalidGrant);
    assert.equal(await renew(window), undefined);
    assert.deepEqual([await window.store.list(), window.refused.length], [[], 1]);
  });
});
