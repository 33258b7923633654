import assert from 'node:assert/strict';
import { freshToken } from '../../../src/provider/freshToken.ts';
import type { SessionNotices } from '../../../src/provider/sessionNotices.ts';
import type { SessionRefresher } from '../../../src/sessions/sessionRefresher.ts';
import { moveClock, resetClock } from '../sessions/clock.ts';
import { sampleSession } from '../sessions/sampleSession.ts';

describe('freshToken', () => {
  afterEach(resetClock);

  it('has the same time for the next session if the clock is set ahead meanwhile', async () => {
    const waits: number[] = [];
    const refresher = {
      getAccessToken: (_session: unknown, waitMs: number) => {
        waits.push(waitMs);
        moveClock(3600);
        return Promise.resolve(waits.length === 2 ? 'BQy' : undefined);
      },
    } as Partial<SessionRefresher> as SessionRefresher;
    const notices = { answered: () => undefined } as Partial<SessionNotices> as SessionNotices;
    const [first, second] = [sampleSession(), sampleSession({ id: 'second' })];
    const found = await freshToken([first, second], refresher, notices);
    assert.deepEqual([found?.session.id, found?.accessToken], ['second', 'BQy']);
    assert.ok((waits[1] ?? 0) > 8000, String(waits));
  });
});
