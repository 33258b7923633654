import assert from 'node:assert/strict';
import { RateLimitError, ServerError } from '../../../src/auth/index.ts';
import { RetryPauses } from '../../../src/sessions/retryPauses.ts';
import { moveClock, resetClock } from './clock.ts';

const failure = new ServerError('Spotify answered with HTTP status 503.', 503);

describe('RetryPauses', () => {
  let pauses: RetryPauses;

  beforeEach(() => (pauses = new RetryPauses()));
  afterEach(resetClock);

  const isPaused = (clientId = 'client') => {
    try {
      pauses.check(clientId);
      return false;
    } catch {
      return true;
    }
  };

  /** Moves on to just before the end of a pause of so many seconds, and then beyond it. */
  function assertPause(seconds: number): void {
    moveClock(seconds - 0.5);
    assert.ok(isPaused(), `${seconds} s are not over yet`);
    moveClock(0.6);
    assert.ok(!isPaused(), `${seconds} s are over`);
  }

  it('holds up nobody before the first failure', () => {
    assert.ok(!isPaused());
  });

  it('lasts twice as long after each failure, up to a minute', () => {
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      pauses.failed('client', failure);
      assertPause(seconds);
    }
  });

  it('lasts as long as Spotify asks, hours included', () => {
    pauses.failed('client', new RateLimitError('Wait.', 48_925));
    assertPause(48_925);
  });

  it('is no shorter where Spotify asks for less, or for nothing', () => {
    pauses.failed('client', new RateLimitError('Wait.', 0));
    assertPause(1);
    pauses.failed('client', new RateLimitError('Wait.'));
    assertPause(2);
  });

  it('is no shorter for what fails after Spotify has asked for more', () => {
    pauses.failed('client', new RateLimitError('Wait.', 48_925));
    pauses.failed('client', failure);
    assert.throws(() => pauses.check('client'), RateLimitError);
    assertPause(48_925);
    pauses.failed('client', failure);
    assertPause(4);
  });

  it('is over when the clock is set back', () => {
    pauses.failed('client', new RateLimitError('Wait.', 48_925));
    moveClock(-1);
    assert.ok(!isPaused());
  });

  it('begins anew after a success', () => {
    for (let failures = 0; failures < 5; failures++) pauses.failed('client', failure);
    pauses.succeeded('client');
    assert.ok(!isPaused());
    pauses.failed('client', failure);
    assertPause(1);
  });

  it('rejects with the failure that began it', () => {
    pauses.failed('client', failure);
    assert.throws(() => pauses.check('client'), failure);
  });

  it('holds up no other client', () => {
    pauses.failed('client', failure);
    assert.ok(!isPaused('other'));
    pauses.succeeded('other');
    assert.ok(isPaused());
  });
});
