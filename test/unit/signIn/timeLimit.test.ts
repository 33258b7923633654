import assert from 'node:assert/strict';
import { SignInTimeoutError } from '../../../src/signIn/errors.ts';
import { withTimeLimit } from '../../../src/signIn/timeLimit.ts';

describe('withTimeLimit', () => {
  it('aborts the task with a SignInTimeoutError when time is up', async () => {
    const task = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    await assert.rejects(withTimeLimit(task, 1), SignInTimeoutError);
  });

  it('leaves a task alone that ends in time', async () => {
    assert.equal(await withTimeLimit(() => Promise.resolve(1)), 1);
  });
});
