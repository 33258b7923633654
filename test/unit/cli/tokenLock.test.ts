import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inTurn } from '../../../src/cli/tokenLock.ts';

/** About src/cli/tokenLock.ts and the signal of src/auth/node/fileLock.ts. */
describe('the lock of a token file', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'token-lock-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('is not waited for after an interruption, and the task does not run', async () => {
    const file = path.join(folder, 'token.json');
    const interruption = new AbortController();
    let hasRun = false;
    const waits = () => {
      const task = () => Promise.resolve(void (hasRun = true));
      const waiting = inTurn(file, task, interruption.signal);
      interruption.abort(new Error('interrupted'));
      // The lock is free only when this has ended.
      return assert.rejects(waiting, /^Error: interrupted$/);
    };
    await inTurn(file, waits, new AbortController().signal);
    assert.equal(hasRun, false);
    await assert.rejects(
      inTurn(file, () => Promise.resolve(), interruption.signal),
      /interrupted/,
    );
  });
});
