import { RateLimitError } from '../auth/errors.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** A 429 can ask for no longer pause than this, in milliseconds: a day. */
const LONGEST_ASKED_MS = 24 * 3600 * 1000;

interface Pause {
  /** How many requests have failed since the last success. */
  readonly failures: number;
  /** When the pause began, in milliseconds since the epoch. */
  readonly since: number;
  /** When the pause ends, in milliseconds since the epoch. */
  readonly until: number;
  /** The failure that began the pause. */
  readonly error: unknown;
}

/**
 * Pauses requests to Spotify after failures, separately for each key (such as a client ID). A pause
 * lasts 1 second, then 2, 4, … up to 60, or as long as a 429 asks for if that is longer, up to a day.
 * During a pause a request fails at once: it does not wait for the end of the pause.
 */
export class Backoff {
  readonly #pauses = new Map<string, Pause>();

  /** @throws the error that began the pause of `key`, while the pause lasts. */
  throwIfPaused(key: string): void {
    const pause = this.#pauses.get(key);
    if (pause && isOn(pause)) throw pause.error;
  }

  /** Begins a pause of `key`, twice as long as the previous pause. A success ends the doubling. */
  failed(key: string, error: unknown): void {
    const before = this.#pauses.get(key);
    const failures = before?.failures ?? 0;
    const asked = error instanceof RateLimitError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const doubled = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    const pauseMs = Math.max(Math.min(LONGEST_ASKED_MS, asked), doubled);
    const since = Date.now();
    const pause: Pause = { failures: failures + 1, since, until: since + pauseMs, error };
    // A request that was sent before the pause began must not shorten it.
    const isLonger = before && isOn(before) && before.until > pause.until;
    this.#pauses.set(key, isLonger ? { ...before, failures: failures + 1 } : pause);
  }

  /** Ends the pause of `key`. The next pause lasts a second again. */
  succeeded(key: string): void {
    this.#pauses.delete(key);
  }
}

/** Whether the pause lasts now. It is over if the clock was set back to before its beginning. */
function isOn({ since, until }: Pause): boolean {
  const now = Date.now();
  return since <= now && now < until;
}
