import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { LockTimeoutError } from '../../../src/sessions/acrossWindows.ts';
import { type TabLocks, WebRefreshLock } from '../../../src/web/webRefreshLock.ts';
import { contend, holdOn, PATIENCE_MS } from '../sessions/heldLock.ts';
import { until } from '../sessions/until.ts';
import { freed, granted, openLockingTab, waitedFor } from './closingTab.ts';

describe('WebRefreshLock', () => {
  const locks: TabLocks = navigator.locks;
  const lock = new WebRefreshLock(locks);
  let id: string;

  beforeEach(() => (id = randomUUID()));

  /** How many hold a lock for `id`, and how many wait for it. */
  async function queue() {
    const { held, pending } = await navigator.locks.query();
    const count = (locks: typeof held) => locks.filter(({ name }) => name.endsWith(id)).length;
    return { held: count(held), pending: count(pending) };
  }

  it('has one holder at a time, however many tabs want it', async () => {
    const contenders = Array.from({ length: 6 }, () => new WebRefreshLock(locks));
    assert.deepEqual(await contend(contenders, id), { most: 1, holders: 0 });
    await freed(id);
    assert.deepEqual(await queue(), { held: 0, pending: 0 });
  });

  it('returns the result of the task, with and without a wait', async () => {
    for (const answer of ['a token', undefined]) {
      const release = await holdOn(lock, id);
      const waiting = lock.hold(id, PATIENCE_MS, () => Promise.resolve(answer));
      await release();
      assert.equal(await waiting, answer);
      assert.equal(await lock.hold(id, PATIENCE_MS, () => Promise.resolve(answer)), answer);
    }
  });

  it('does not block the lock of another session', async () => {
    const release = await holdOn(lock, id);
    assert.equal(await lock.hold(randomUUID(), 100, () => Promise.resolve(1)), 1);
    await release();
  });

  it('gives up after its patience, and does not run the task later', async () => {
    const release = await holdOn(lock, id);
    let runs = 0;
    const task = () => Promise.resolve(runs++);
    await assert.rejects(lock.hold(id, 100, task), LockTimeoutError);
    await release();
    assert.equal(await lock.hold(id, PATIENCE_MS, () => Promise.resolve(1)), 1);
    await freed(id);
    assert.deepEqual([runs, await queue()], [0, { held: 0, pending: 0 }]);
  });

  it('is held a little longer than its task, whose result does not wait for that', async () => {
    const next: string[] = [];
    assert.equal(await lock.hold(id, PATIENCE_MS, () => Promise.resolve('a token')), 'a token');
    const waiting = lock.hold(id, PATIENCE_MS, () => Promise.resolve(next.push('the next')));
    await waitedFor(id);
    assert.deepEqual([await queue(), next], [{ held: 1, pending: 1 }, []]);
    await waiting;
    await freed(id);
  });

  it('is released after a task that fails, and rejects with its failure, with and without a wait', async () => {
    const failure = new Error('offline');
    const failing = () => lock.hold(id, PATIENCE_MS, () => Promise.reject(failure));
    await assert.rejects(failing(), failure);
    const release = await holdOn(lock, id);
    const waiting = failing();
    await release();
    await assert.rejects(waiting, failure);
    assert.deepEqual(await queue(), { held: 0, pending: 0 });
  });

  it('is released when the tab that holds it is closed', async () => {
    const tab = await openLockingTab(id);
    const task = () => assert.fail('another tab holds the lock');
    await assert.rejects(lock.hold(id, 100, task), LockTimeoutError);
    await tab.terminate();
    assert.equal(await lock.hold(id, PATIENCE_MS, () => Promise.resolve(1)), 1);
  });

  it('is granted to a waiting tab when the tab that holds it is closed', async () => {
    const tab = await openLockingTab(id);
    const waiting = lock.hold(id, PATIENCE_MS, () => Promise.resolve(1));
    await waitedFor(id);
    await tab.terminate();
    assert.equal(await granted(waiting), 1);
  });

  it('runs a task once, without a lock, if the browser denies locks', async () => {
    const denied: TabLocks = {
      request: () =>
        Promise.reject(new DOMException('The operation is insecure.', 'SecurityError')),
    };
    const release = await holdOn(lock, id);
    const free = new WebRefreshLock(denied);
    assert.equal(await free.hold(id, 100, () => Promise.resolve(1)), 1);
    let runs = 0;
    const failing = () => {
      runs++;
      return Promise.reject(new Error('offline'));
    };
    await assert.rejects(free.hold(id, 100, failing), /offline/);
    await release();
    await assert.rejects(lock.hold(id, PATIENCE_MS, failing), /offline/);
    assert.equal(runs, 2);
  });

  it('lets a task go on whose lock is taken away', async () => {
    let runs = 0;
    const { promise: over, resolve: release } = Promise.withResolvers<string>();
    const held = lock.hold(id, PATIENCE_MS, () => {
      runs++;
      return over;
    });
    await until(() => runs === 1);
    const { held: all } = await navigator.locks.query();
    const name = all.find((one) => one.name.endsWith(id))?.name ?? '';
    await navigator.locks.request(name, { steal: true }, () => Promise.resolve(1));
    release('a token');
    assert.equal(await held, 'a token');
    assert.equal(runs, 1);
  });
});
