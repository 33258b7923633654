import assert from 'node:assert/strict';
import { isTokenRecent, mayBeRefreshed } from '../../../src/sessions/sessionTimes.ts';
import { sampleSession } from './sampleSession.ts';

describe('a stored session', () => {
  it('has a young token for a while after the consent and after each refresh', () => {
    const now = Date.now() / 1000;
    const young = (consentedAt: number, refreshedAt?: number) =>
      isTokenRecent({ consentedAt, ...(refreshedAt && { refreshedAt }) }, 60);
    assert.deepEqual([young(now - 59), young(now - 61)], [true, false]);
    assert.deepEqual([young(now - 9999, now - 59), young(now - 9999, now - 61)], [true, false]);
    assert.ok(!young(now + 3600), 'a clock that was set back makes every token young');
  });

  it('may be asked for a token unless it was refused within the last hour', () => {
    const now = Date.now() / 1000;
    assert.ok(mayBeRefreshed(sampleSession()));
    assert.ok(!mayBeRefreshed(sampleSession({ suspendedAt: now - 3590 })));
    assert.ok(mayBeRefreshed(sampleSession({ suspendedAt: now - 3600 })));
  });
});
