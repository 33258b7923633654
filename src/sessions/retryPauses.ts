import { RateLimitError } from '../auth/errors.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

interface Pause {
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly error: unknown;
}

/**
 * When Spotify may be asked again on behalf of a client ID, say: after a failure in a second, then in
 * two, four, at most sixty; after a 429 when it says. Nothing waits; who comes earlier is refused.
 */
export class RetryPauses {
  readonly #pauses = new Map<string, Pause>();

  /** @throws the error that began the pause, while it lasts. */
  check(key: string): void {
    const pause = this.#pauses.get(key);
    if (pause && Date.now() < pause.until) throw pause.error;
  }

  failed(key: string, error: unknown): void {
    const failures = this.#pauses.get(key)?.failures ?? 0;
    const asked = error instanceof RateLimitError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const pauseMs = Math.max(asked, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures));
    this.#pauses.set(key, { failures: failures + 1, until: Date.now() + pauseMs, error });
  }

  succeeded(key: string): void {
    this.#pauses.delete(key);
  }
}
