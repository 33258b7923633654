import assert from 'node:assert/strict';
import { readyFaults } from '../../spotify/index.ts';
import { RefreshScene } from './refreshScene.ts';

describe('a session that is asked for at an awkward moment', () => {
  const scene = new RefreshScene();

  it('keeps nobody longer than they may wait, and has for the next what was on its way', async () => {
    const session = scene.keepSession(0);
    const { refresher } = await scene.open();
    scene.spotify.faults.next(1, { on: 'token', ...readyFaults.upstreamConnectError });
    await assert.rejects(refresher.getAccessToken(session, 0), { code: 'connection' });
    assert.ok(await refresher.getAccessToken(session));
    assert.equal(scene.refreshes, 2);
  });
});
