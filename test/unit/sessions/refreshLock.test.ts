import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LockTimeoutError, RefreshLock } from '../../../src/sessions/refreshLock.ts';

const PATIENCE_MS = 15_000;

describe('RefreshLock', () => {
  let folder: string;

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'lock-')), 'made', 'on', 'demand');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const newWindow = () => new RefreshLock(folder);
  const files = () => readdir(folder).catch(() => []);

  it('lets one at a time have a session', async () => {
    let [inside, most] = [0, 0];
    const windows = Array.from({ length: 12 }, newWindow);
    await Promise.all(
      windows.map((window) =>
        window.hold('id', PATIENCE_MS, async () => {
          most = Math.max(most, ++inside);
          await pause(5);
          inside--;
        }),
      ),
    );
    assert.equal(most, 1);
    assert.deepEqual(await files(), []);
  });

  it('does not let one session wait for another', async () => {
    const both = await newWindow().hold('one', PATIENCE_MS, () =>
      newWindow().hold('other', 1, () => Promise.resolve('both')),
    );
    assert.equal(both, 'both');
  });

  it('is given back when the task fails', async () => {
    const failing = newWindow().hold('id', PATIENCE_MS, () => Promise.reject(new Error('no luck')));
    await assert.rejects(failing, /no luck/);
    assert.deepEqual(await files(), []);
  });

  it('is not taken from one who is at work', async () => {
    await newWindow().hold('id', PATIENCE_MS, async () => {
      await assert.rejects(
        newWindow().hold('id', 200, () => assert.fail()),
        LockTimeoutError,
      );
    });
  });

  it('is renewed by one who is at work for long', async () => {
    await newWindow().hold('id', PATIENCE_MS, async () => {
      const [name = ''] = await files();
      const file = path.join(folder, name);
      await utimes(file, 0, 0);
      while ((await stat(file)).mtimeMs === 0) await pause(20);
    });
  });

  it('is taken over from the dead', async () => {
    await newWindow().hold('id', PATIENCE_MS, () => Promise.resolve());
    const dead = path.join(folder, 'id.of-the-dead.lock');
    await writeFile(dead, '');
    await utimes(dead, 0, 0);
    assert.equal(await newWindow().hold('id', 500, () => Promise.resolve('taken')), 'taken');
    assert.deepEqual(await files(), []);
  });

  it('stops nobody where no file can be made', async () => {
    const file = path.join(tmpdir(), `no-folder-${process.pid}`);
    await writeFile(file, '');
    for (const useless of [undefined, path.join(file, 'below')]) {
      const lock = new RefreshLock(useless);
      assert.equal(await lock.hold('id', PATIENCE_MS, () => Promise.resolve('done')), 'done');
    }
    await rm(file);
  });
});
