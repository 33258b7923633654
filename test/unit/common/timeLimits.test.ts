import assert from 'node:assert/strict';
import { TimeLimit, within } from '../../../src/common/timeLimits.ts';

const tooLate = new Error('too late');

describe('TimeLimit', () => {
  it('aborts with its reason when time is up, counted from the call of begin', async () => {
    const limit = new TimeLimit(1, () => tooLate);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(!limit.signal.aborted);
    limit.begin();
    await new Promise((resolve) => limit.signal.addEventListener('abort', resolve));
    assert.equal(limit.signal.reason, tooLate);
  });

  it('leaves no timer behind', () => {
    const before = process.getActiveResourcesInfo().length;
    const limit = new TimeLimit(60_000, () => tooLate);
    limit.begin();
    assert.equal(process.getActiveResourcesInfo().length, before + 1);
    limit.end();
    assert.equal(process.getActiveResourcesInfo().length, before);
  });
});

describe('within', () => {
  it('settles as the promise does', async () => {
    assert.equal(await within(60_000, () => tooLate, Promise.resolve('result')), 'result');
    await assert.rejects(
      within(60_000, () => tooLate, Promise.reject(new Error('own'))),
      /own/,
    );
  });

  it('rejects for a promise that never settles', async () => {
    await assert.rejects(
      within(1, () => tooLate, new Promise(() => undefined)),
      tooLate,
    );
  });
});
