import { delay } from './abortable.ts';
import { ConnectionError, RateLimitError } from './errors.ts';
import { isTransient } from './transientErrors.ts';

/** How often, and for how long, a request is repeated. */
interface RetryPolicy {
  /** Number of attempts after the first one. */
  readonly maxRetries: number;
  /** Time limit of all attempts and the pauses between them, in milliseconds. */
  readonly timeBudgetMs: number;
  /** False for a request that the server must receive once only: the exchange of a code. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

/**
 * Calls `attempt` until it succeeds, or fails with an error that is not transient, or `maxRetries` is
 * reached, or the next pause would exceed the time budget. Rejects with the last error. `leftMs` is
 * the rest of the budget, in whole milliseconds.
 */
export async function withRetries<T>(
  attempt: (leftMs: number) => Promise<T>,
  policy: RetryPolicy,
): Promise<T> {
  const end = performance.now() + policy.timeBudgetMs;
  for (let retries = 0; ; retries++) {
    try {
      return await attempt(Math.max(1, Math.floor(end - performance.now())));
    } catch (error) {
      const pauseMs = mayRepeat(error, policy) ? pauseBefore(error, retries) : undefined;
      if (pauseMs === undefined || retries >= policy.maxRetries) throw error;
      if (performance.now() + pauseMs >= end) throw error;
      await delay(pauseMs, policy.signal);
    }
  }
}

function mayRepeat(error: unknown, { repeatable }: RetryPolicy): boolean {
  return repeatable || (error instanceof ConnectionError && !error.mayHaveReachedServer);
}

/** Returns the pause before the next attempt in milliseconds; undefined if the error is not transient. */
function pauseBefore(error: unknown, retries: number): number | undefined {
  if (error instanceof RateLimitError && error.retryAfterSeconds !== undefined) {
    return error.retryAfterSeconds * 1000;
  }
  if (!isTransient(error)) return undefined;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retries);
  // Half of it is random, so that windows that failed together do not retry together.
  return (pauseMs * (1 + Math.random())) / 2;
}
