import assert from 'node:assert/strict';
import { readyFaults } from '../../spotify/index.ts';
import { moveClock } from './clock.ts';
import { RefreshScene } from './refreshScene.ts';
import { until } from './until.ts';

/** About src/sessions/sessionRefresher.ts and src/sessions/sessionStore.ts. */
describe('a token request at an awkward moment', () => {
  const scene = new RefreshScene();

  it('rejects when the wait is over, and goes on with the refresh for the next call', async () => {
    const session = scene.keepSession(0);
    const { refresher } = await scene.open();
    scene.spotify.faults.next(1, { on: 'token', ...readyFaults.upstreamConnectError });
    await assert.rejects(refresher.getAccessToken(session, 0), { code: 'connection' });
    assert.ok(await refresher.getAccessToken(session));
    assert.equal(scene.refreshes, 2);
  });

  it('returns the token at once while it lasts for more than a minute', async () => {
    const { id, token } = scene.keepSession(61);
    const window = await scene.open();
    scene.spotify.faults.next(1, { on: 'token', answerDelayMs: 300 });
    assert.equal(await window.accessToken(id), token.accessToken);
    await until(() => window.changes.length === 1);
  });

  it('returns a lasting token at once, without an error, though the refresh in the background fails', async () => {
    const { id, token } = scene.keepSession(70);
    const window = await scene.open();
    scene.spotify.faults.next(1, { on: 'token', ...readyFaults.quotaExceeded() });
    assert.equal(await window.accessToken(id), token.accessToken);
    await until(() => window.log.some((line) => line.includes('cannot be refreshed')));
    assert.equal(await window.accessToken(id), token.accessToken);
    assert.equal(scene.refreshes, 1);
  });

  it('returns a token though Spotify never answers the first request', async () => {
    const { id } = scene.keepSession(0);
    const window = await scene.open();
    scene.spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
    assert.ok(await window.accessToken(id));
    assert.equal(scene.refreshes, 2);
  });

  it('sends the next request a second after a failure, however many failures came before the last success', async () => {
    const { id } = scene.keepSession(0);
    const window = await scene.open();
    const fail = async () => {
      scene.spotify.faults.next(1, { on: 'token', status: 200, body: '<html></html>' });
      await assert.rejects(window.accessToken(id));
    };
    for (let failures = 0; failures < 3; failures++) {
      await fail();
      moveClock(10);
    }
    assert.ok(await window.accessToken(id));
    moveClock(3600);
    await fail();
    moveClock(1.1);
    assert.ok(await window.accessToken(id));
  });

  it('suspends a refused session in this window alone if the suspension cannot be stored', async () => {
    const { id } = scene.keepSession(0);
    const window = await scene.open();
    scene.machine.secrets.refusesWrites = true;
    scene.spotify.faults.next(9, { on: 'token', ...readyFaults.falseInvalidGrant });
    assert.equal(await window.accessToken(id), undefined);
    assert.equal(await window.accessToken(id), undefined);
    assert.deepEqual(await window.store.list(), []);
    assert.deepEqual([window.refused.length, window.changes.length], [1, 1]);
    assert.equal(scene.refreshes, 1);
  });

  it('recovers a session that another window suspended, by a rotated token that could not be stored before', async () => {
    scene.spotify.behaviour.rotateRefreshTokens = true;
    const { id } = scene.keepSession(0);
    const [window, other] = [await scene.open(), await scene.open()];
    scene.machine.secrets.refusesWrites = true;
    await assert.rejects(window.accessToken(id), /locked/);
    scene.machine.secrets.refusesWrites = false;
    assert.equal(await other.accessToken(id), undefined);
    await until(() => window.changes.length === 1);
    window.refresher.forget(id);
    moveClock(3601);
    assert.ok(await window.accessToken(id));
    await scene.machine.settled();
    assert.equal((await other.store.list()).length, 1);
  });

  it('gets a new token after the clock was set back, since the end of the old one is not known', async () => {
    const { id, token } = scene.keepSession(3600, { refreshedAt: Date.now() / 1000 });
    const window = await scene.open();
    moveClock(-30);
    assert.equal(await window.accessToken(id), token.accessToken);
    moveClock(-3600);
    const renewed = await window.accessToken(id);
    assert.ok(renewed && renewed !== token.accessToken);
    assert.equal(await window.accessToken(id), renewed);
    assert.equal(scene.refreshes, 1);
  });

  it('returns the old token if the clock was set back and Spotify cannot be reached', async () => {
    const { id, token } = scene.keepSession(3600, { refreshedAt: Date.now() / 1000 });
    const window = await scene.open();
    moveClock(-3600);
    scene.spotify.faults.next(1, { on: 'token', ...readyFaults.quotaExceeded() });
    assert.equal(await window.accessToken(id), token.accessToken);
  });
});
