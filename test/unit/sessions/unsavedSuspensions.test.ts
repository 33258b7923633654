import assert from 'node:assert/strict';
import { readyFaults } from '../../spotify/index.ts';
import { moveClock } from './clock.ts';
import { RefreshScene } from './refreshScene.ts';
import { until } from './until.ts';

/** About src/sessions/sessionRefresher.ts. */
describe('a suspension that is kept in memory alone', () => {
  const scene = new RefreshScene();

  const open = () => scene.open({ storesSuspensions: false });
  const refuse = (times: number) =>
    scene.spotify.faults.next(times, { on: 'token', ...readyFaults.falseInvalidGrant });

  it('hides the session in this window, and changes nothing that is stored', async () => {
    const { id } = scene.keepSession(0);
    const before = new Map(scene.machine.secrets.stored);
    const [window, other] = [await open(), await open()];
    refuse(9);
    assert.equal(await window.accessToken(id), undefined);
    assert.equal(await window.accessToken(id), undefined);
    assert.deepEqual(await window.store.list(), []);
    assert.deepEqual(
      window.changes.map(({ removed }) => removed[0]?.id),
      [id],
    );
    assert.deepEqual(scene.machine.secrets.stored, before);
    assert.equal((await other.store.list()).length, 1);
    assert.deepEqual([window.refused.length, other.changes, other.refused], [1, [], []]);
  });

  it('stays after a change event without a change', async () => {
    const { id } = scene.keepSession(0);
    const window = await open();
    refuse(9);
    await window.accessToken(id);
    scene.machine.secrets.fire(`session:${id}`);
    await scene.machine.settled();
    assert.deepEqual([await window.store.list(), window.changes.length], [[], 1]);
  });

  it('ends when another window stores a new token', async () => {
    const { id } = scene.keepSession(0);
    const [window, other] = [await open(), await open()];
    refuse(1);
    assert.equal(await window.accessToken(id), undefined);
    const token = await other.accessToken(id);
    await until(() => window.changes.length === 2);
    assert.ok(token);
    assert.equal(await window.accessToken(id), token);
    assert.deepEqual(
      window.changes.map(({ added }) => added[0]?.id),
      [undefined, id],
    );
  });

  it('allows a request each hour, and ends with the first token', async () => {
    const { id } = scene.keepSession(0);
    const window = await open();
    refuse(2);
    for (let hours = 0; hours < 2; hours++) {
      assert.equal(await window.accessToken(id), undefined);
      moveClock(3590);
      assert.equal(await window.accessToken(id), undefined);
      assert.equal(scene.refreshes, hours + 1);
      moveClock(20);
    }
    const token = await window.accessToken(id);
    assert.ok(token);
    const [stored] = await (await open()).store.list();
    assert.deepEqual([stored?.token.accessToken, stored?.suspendedAt], [token, undefined]);
    assert.equal(window.refused.length, 1);
  });

  it('does not exist in a window that is opened later, which sends a request of its own', async () => {
    const { id } = scene.keepSession(0);
    refuse(1);
    assert.equal(await (await open()).accessToken(id), undefined);
    assert.ok(await (await open()).accessToken(id));
    assert.equal(scene.refreshes, 2);
  });

  it('removes the session in every window if its six months are over', async () => {
    const { id } = scene.keepSession(0, { consentedAt: Date.now() / 1000 - 182 * 24 * 3600 });
    const window = await open();
    refuse(1);
    assert.equal(await window.accessToken(id), undefined);
    assert.deepEqual([...scene.machine.secrets.stored.keys()], []);
    assert.equal(window.refused.length, 1);
  });
});
