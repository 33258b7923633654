import { RateLimitError } from '../auth/errors.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

interface Pause {
  readonly failures: number;
  /** Milliseconds since the epoch, as the next. */
  readonly since: number;
  readonly until: number;
  readonly error: unknown;
}

/**
 * When Spotify may be asked again on behalf of a client ID, say: after a failure in a second, then in
 * two, four, at most sixty; after a 429 when it says. Nothing waits; who comes earlier is refused.
 */
export class Backoff {
  readonly #backoff = new Map<string, Pause>();

  /** @throws the error that began the pause, while it lasts. */
  throwIfPaused(key: string): void {
    const pause = this.#backoff.get(key);
    if (pause && isPaused(pause)) throw pause.error;
  }

  failed(key: string, error: unknown): void {
    const before = this.#backoff.get(key);
    const failures = before?.failures ?? 0;
    const asked = error instanceof RateLimitError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const pauseMs = Math.max(asked, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures));
    const since = Date.now();
    const pause: Pause = { failures: failures + 1, since, until: since + pauseMs, error };
    // What was on its way already says nothing about the longer pause that Spotify has asked for.
    const isLonger = before && isPaused(before) && before.until > pause.until;
    this.#backoff.set(key, isLonger ? { ...before, failures: failures + 1 } : pause);
  }

  succeeded(key: string): void {
    this.#backoff.delete(key);
  }
}

/** A clock that was set back leaves pauses from the future. */
function isPaused({ since, until }: Pause): boolean {
  const now = Date.now();
  return since <= now && now < until;
}
