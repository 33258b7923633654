import assert from 'node:assert/strict';
import { RateLimitError, ServerError } from '../../../src/auth/index.ts';
import { Backoff } from '../../../src/sessions/backoff.ts';
import { moveClock, resetClock } from './clock.ts';

const failure = new ServerError('Spotify answered with HTTP status 503.', 503);

describe('Backoff', () => {
  let backoff: Backoff;

  beforeEach(() => (backoff = new Backoff()));
  afterEach(resetClock);

  const isPaused = (clientId = 'client') => {
    try {
      backoff.throwIfPaused(clientId);
      return false;
    } catch {
      return true;
    }
  };

  /** Moves the clock to just before the end of a pause of `seconds`, and then beyond it. */
  function assertPause(seconds: number): void {
    moveClock(seconds - 0.5);
    assert.ok(isPaused(), `${seconds} s are not over yet`);
    moveClock(0.6);
    assert.ok(!isPaused(), `${seconds} s are over`);
  }

  it('pauses nothing before the first failure', () => {
    assert.ok(!isPaused());
  });

  it('doubles the pause after each failure, up to a minute', () => {
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      backoff.failed('client', failure);
      assertPause(seconds);
    }
  });

  it('pauses as long as Spotify asks, even for hours', () => {
    backoff.failed('client', new RateLimitError('Wait.', 48_925));
    assertPause(48_925);
  });

  it('pauses for a day at most, whatever Spotify asks', () => {
    for (const seconds of [86_401, 365 * 86_400, Infinity]) {
      backoff.failed('client', new RateLimitError('Wait.', seconds));
      assertPause(86_400);
    }
  });

  it('pauses no shorter if Spotify asks for less, or for nothing', () => {
    backoff.failed('client', new RateLimitError('Wait.', 0));
    assertPause(1);
    backoff.failed('client', new RateLimitError('Wait.'));
    assertPause(2);
  });

  it('keeps a longer pause that Spotify has asked for when another request fails', () => {
    backoff.failed('client', new RateLimitError('Wait.', 48_925));
    backoff.failed('client', failure);
    assert.throws(() => backoff.throwIfPaused('client'), RateLimitError);
    assertPause(48_925);
    backoff.failed('client', failure);
    assertPause(4);
  });

  it('ends the pause when the clock is set back', () => {
    backoff.failed('client', new RateLimitError('Wait.', 48_925));
    moveClock(-1);
    assert.ok(!isPaused());
  });

  it('begins with a pause of a second again after a success', () => {
    for (let failures = 0; failures < 5; failures++) backoff.failed('client', failure);
    backoff.succeeded('client');
    assert.ok(!isPaused());
    backoff.failed('client', failure);
    assertPause(1);
  });

  it('throws the failure that began the pause', () => {
    backoff.failed('client', failure);
    assert.throws(() => backoff.throwIfPaused('client'), failure);
  });

  it('pauses no other client', () => {
    backoff.failed('client', failure);
    assert.ok(!isPaused('other'));
    backoff.succeeded('other');
    assert.ok(isPaused());
  });
});
