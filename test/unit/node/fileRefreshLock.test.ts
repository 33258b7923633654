import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LEASE_MS, MAX_HOLD_MS } from '../../../src/auth/node/fileLock.ts';
import { FileRefreshLock } from '../../../src/node/fileRefreshLock.ts';
import { LockTimeoutError } from '../../../src/sessions/acrossWindows.ts';
import { moveClock, passTime, resetClock } from '../sessions/clock.ts';
import { contend, holdOn, PATIENCE_MS } from '../sessions/heldLock.ts';
import { until } from '../sessions/until.ts';
import { OTHER_FILES, skipOnWindows } from './otherFiles.ts';

describe('FileRefreshLock', () => {
  let parent: string;
  let folder: string;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'lock-'));
    // It does not exist yet, as on the first start.
    folder = path.join(parent, 'sessions');
  });
  afterEach(async () => {
    resetClock();
    await rm(parent, { recursive: true });
  });

  const locks = () => (existsSync(folder) ? readdirSync(folder) : []);

  /** Creates the lock file of another window, last renewed `ageMs` ago. */
  async function leaveLock(ageMs: number): Promise<string> {
    await new FileRefreshLock(folder).hold('first', PATIENCE_MS, () => Promise.resolve());
    const file = path.join(folder, 'first.someone.lock');
    writeFileSync(file, '');
    setAge(file, ageMs);
    return file;
  }

  function setAge(file: string, ageMs: number): void {
    const time = new Date(Date.now() - ageMs);
    utimesSync(file, time, time);
  }

  it('has one holder at a time, however many windows want it', async () => {
    const contenders = Array.from({ length: 12 }, () => new FileRefreshLock(folder));
    assert.deepEqual(await contend(contenders, 'first'), { most: 1, holders: 0 });
    assert.deepEqual(locks(), []);
  });

  it('does not block the lock of another session', async () => {
    const release = await holdOn(new FileRefreshLock(folder), 'first');
    assert.equal(
      await new FileRefreshLock(folder).hold('other', 1000, () => Promise.resolve(1)),
      1,
    );
    await release();
  });

  it('gives up after its patience, and leaves no file of its own behind', async () => {
    const release = await holdOn(new FileRefreshLock(folder), 'first');
    const before = locks();
    const task = () => assert.fail('another window holds the lock');
    await assert.rejects(new FileRefreshLock(folder).hold('first', 200, task), LockTimeoutError);
    assert.deepEqual(locks(), before);
    await release();
  });

  it('waits for a holder that has renewed its file within the lease', async () => {
    const file = await leaveLock(LEASE_MS - 1500);
    const task = () => assert.fail('another window holds the lock');
    await assert.rejects(new FileRefreshLock(folder).hold('first', 200, task), LockTimeoutError);
    assert.ok(existsSync(file));
  });

  for (const [when, agoMs] of [
    ['', LEASE_MS + 100],
    [', also if the clock was set back since', -3_600_000],
  ] as const) {
    it(`takes over from a dead holder${when}`, async () => {
      const file = await leaveLock(agoMs);
      await new FileRefreshLock(folder).hold('first', 1000, () => {
        assert.ok(!existsSync(file));
        assert.equal(locks().length, 1);
        return Promise.resolve();
      });
      assert.deepEqual(locks(), []);
    });
  }

  it('is renewed while its holder works', async () => {
    const release = await holdOn(new FileRefreshLock(folder), 'first');
    const file = path.join(folder, locks()[0] ?? '');
    const age = () => Date.now() - statSync(file).mtimeMs;
    setAge(file, LEASE_MS / 2);
    await until(() => age() < LEASE_MS / 4);
    await release();
  });

  it('is held for as long as its holder works', async () => {
    const release = await holdOn(new FileRefreshLock(folder), 'first');
    const task = () => assert.fail('another window holds the lock');
    const waiting = new FileRefreshLock(folder).hold('first', LEASE_MS + 500, task);
    await assert.rejects(waiting, LockTimeoutError);
    await release();
  });

  it('is waited for as long as before if the clock is set ahead meanwhile', async () => {
    const release = await holdOn(new FileRefreshLock(folder), 'first');
    const task = () => Promise.resolve('taken');
    const waiting = new FileRefreshLock(folder).hold('first', PATIENCE_MS, task);
    moveClock(3600);
    setAge(path.join(folder, locks()[0] ?? ''), 0);
    await release();
    assert.equal(await waiting, 'taken');
  });

  it('is not renewed for a hanging holder', async () => {
    const release = await holdOn(new FileRefreshLock(folder), 'first');
    passTime(MAX_HOLD_MS / 1000 + 1);
    const releaseOther = await holdOn(new FileRefreshLock(folder), 'other');
    const fileOf = (id: string) =>
      path.join(folder, locks().find((name) => name.startsWith(id)) ?? '');
    const age = (id: string) => Date.now() - statSync(fileOf(id)).mtimeMs;
    // The renewals of the first lock come before those of the other, which began later.
    setAge(fileOf('other'), LEASE_MS);
    await until(() => age('other') < LEASE_MS / 2);
    assert.ok(age('first') > LEASE_MS);
    await release();
    await releaseOther();
  });

  it('is renewed for longer if it may be held for longer', async () => {
    const release = await holdOn(new FileRefreshLock(folder, 2 * MAX_HOLD_MS), 'first');
    passTime(MAX_HOLD_MS / 1000 + 1);
    const file = path.join(folder, locks()[0] ?? '');
    setAge(file, LEASE_MS);
    await until(() => Date.now() - statSync(file).mtimeMs < LEASE_MS / 2);
    await release();
  });

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    // The test's own time limit has a timer from its first wait on.
    await Promise.resolve();
    const before = timers().length;
    await new FileRefreshLock(folder).hold('first', 1000, () => Promise.resolve());
    assert.equal(timers().length, before);
  });

  it('has one holder at a time, however many windows take over from a dead holder', async () => {
    const file = await leaveLock(LEASE_MS + 100);
    const contenders = Array.from({ length: 12 }, () => new FileRefreshLock(folder));
    assert.deepEqual(await contend(contenders, 'first'), { most: 1, holders: 0 });
    assert.ok(!existsSync(file));
  });

  it('is released after a task that fails, and rejects with its failure', async () => {
    const failure = new Error('offline');
    const lock = new FileRefreshLock(folder);
    await assert.rejects(
      lock.hold('first', 1000, () => Promise.reject(failure)),
      failure,
    );
    assert.deepEqual(locks(), []);
    assert.equal(await lock.hold('first', 1000, () => Promise.resolve(1)), 1);
  });

  it('stays with the new holder when the old one wakes up and its file is gone', async () => {
    const release = await holdOn(new FileRefreshLock(folder), 'first');
    const file = path.join(folder, locks()[0] ?? '');
    setAge(file, LEASE_MS + 100);
    const releaseOther = await holdOn(new FileRefreshLock(folder), 'first');
    const [others] = locks();
    assert.ok(!existsSync(file));
    await release();
    assert.deepEqual(locks(), [others]);
    await releaseOther();
  });

  it('is not blocked by the file of a dead holder that cannot be deleted', async () => {
    const file = await leaveLock(0);
    rmSync(file);
    mkdirSync(file);
    setAge(file, LEASE_MS + 100);
    assert.equal(
      await new FileRefreshLock(folder).hold('first', 1000, () => Promise.resolve(1)),
      1,
    );
  });

  it('returns the result of its task though its file cannot be deleted', async () => {
    const answer = await new FileRefreshLock(folder).hold('first', 1000, () => {
      const file = path.join(folder, locks()[0] ?? '');
      rmSync(file);
      mkdirSync(file);
      return Promise.resolve(1);
    });
    assert.equal(answer, 1);
  });

  it('runs every task if no file can be created', async () => {
    writeFileSync(folder, 'not a folder');
    const release = await holdOn(new FileRefreshLock(folder), 'first');
    assert.equal(
      await new FileRefreshLock(folder).hold('first', 1000, () => Promise.resolve(1)),
      1,
    );
    await release();
  });

  describe('in whose folder is', () => {
    before(function () {
      skipOnWindows(this);
    });

    for (const [what, make] of OTHER_FILES) {
      it(`${what} with the name of a lock: it holds nothing`, async () => {
        mkdirSync(folder, { recursive: true });
        make(path.join(folder, 'first.other.lock'));
        const lock = new FileRefreshLock(folder);
        assert.equal(await lock.hold('first', 500, () => Promise.resolve(1)), 1);
      });
    }
  });
});
