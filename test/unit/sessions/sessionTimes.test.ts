import assert from 'node:assert/strict';
import { isTokenRecent, mayBeRefreshed } from '../../../src/sessions/sessionTimes.ts';
import { sampleSession } from './sampleSession.ts';

describe('a stored session', () => {
  it('has a recent token for a while after the consent and after each refresh', () => {
    const now = Date.now() / 1000;
    const recent = (consentedAt: number, refreshedAt?: number) =>
      isTokenRecent({ consentedAt, ...(refreshedAt && { refreshedAt }) }, 60);
    assert.deepEqual([recent(now - 59), recent(now - 61)], [true, false]);
    assert.deepEqual([recent(now - 9999, now - 59), recent(now - 9999, now - 61)], [true, false]);
    assert.ok(!recent(now + 3600), 'a token from before the clock was set back is recent');
  });

  it('may be refreshed unless Spotify refused it within the last hour', () => {
    const now = Date.now() / 1000;
    assert.ok(mayBeRefreshed(sampleSession()));
    assert.ok(!mayBeRefreshed(sampleSession({ suspendedAt: now - 3590 })));
    assert.ok(mayBeRefreshed(sampleSession({ suspendedAt: now - 3600 })));
  });
});
