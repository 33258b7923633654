import { delay } from './abortable.ts';
import { ConnectionError, RateLimitError } from './errors.ts';
import { isTransient } from './transientErrors.ts';

/** How stubbornly a request is repeated. */
export interface RetryPolicy {
  /** Repetitions after the first attempt. */
  readonly maxRetries: number;
  /** For all attempts and the pauses between them, in milliseconds. */
  readonly timeBudgetMs: number;
  /** False for a request that may take effect once only: an authorization code's exchange. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

/**
 * Runs `attempt` until it succeeds, fails for good, or the next pause would pass the budget: an
 * hours-long `Retry-After` is never slept through. `attempt` is given the whole
 * milliseconds left.
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

/** Milliseconds to wait, or undefined for an error that time does not cure. */
function pauseBefore(error: unknown, retries: number): number | undefined {
  if (error instanceof RateLimitError && error.retryAfterSeconds !== undefined) {
    return error.retryAfterSeconds * 1000;
  }
  if (!isTransient(error)) return undefined;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retries);
  // Half of it is random, so that windows which failed together do not come back together.
  return (pauseMs * (1 + Math.random())) / 2;
}
