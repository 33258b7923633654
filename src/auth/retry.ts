import { delay } from './abortable.ts';
import { isInvalidGrant, RateLimitError, ServerError } from './errors.ts';
import { callProgram } from './programCallback.ts';
import { isCodeUnused, isTransient } from './transientErrors.ts';

/** How often, and for how long, a request is repeated. */
interface RetryPolicy {
  /** Number of attempts after the first one. */
  readonly maxRetries: number;
  /** Time limit of all attempts and the pauses between them, in milliseconds. */
  readonly timeBudgetMs: number;
  /** False for a request that the server must process once only: the exchange of a code. */
  readonly repeatable: boolean;
  /** Called before the pause after a 429, with its milliseconds. */
  readonly onRateLimit?: ((pauseMs: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
/** For a code, in milliseconds: it expires soon. */
const LONGEST_PAUSE_OF_CODE_MS = 30_000;

/**
 * Calls `attempt` until it succeeds, or fails with an error that is not transient, or `maxRetries` is
 * reached, or the next pause would exceed the time budget. Rejects with the last error. `leftMs` is
 * the rest of the budget, in whole milliseconds.
 *
 * A request that is not `repeatable` is repeated if it was not sent, after a 429, and once after a 5xx.
 * The server may have processed it before its 5xx: if it then says `invalid_grant`, rejects with the
 * error of the 5xx.
 */
export async function withRetries<T>(
  attempt: (leftMs: number) => Promise<T>,
  policy: RetryPolicy,
): Promise<T> {
  const end = performance.now() + policy.timeBudgetMs;
  let failed: ServerError | undefined;
  for (let retries = 0; ; retries++) {
    try {
      return await attempt(Math.max(1, Math.floor(end - performance.now())));
    } catch (error) {
      if (failed && isInvalidGrant(error)) throw failed;
      const pauseMs = pauseBefore(error, retries);
      if (pauseMs === undefined || retries >= policy.maxRetries) throw error;
      if (performance.now() + pauseMs >= end) throw error;
      if (!policy.repeatable) {
        if (failed && error instanceof ServerError) throw error;
        if (!isCodeUnused(error) || pauseMs > LONGEST_PAUSE_OF_CODE_MS) throw error;
        if (error instanceof ServerError) failed = error;
      }
      if (error instanceof RateLimitError) {
        callProgram('onRateLimit', policy.onRateLimit, [pauseMs]);
      }
      await delay(pauseMs, policy.signal);
    }
  }
}

/** Returns the pause before the next attempt in milliseconds; undefined if the error is not transient. */
function pauseBefore(error: unknown, retries: number): number | undefined {
  if (error instanceof RateLimitError && error.isQuotaExceeded) return undefined;
  if (error instanceof RateLimitError && error.retryAfterSeconds !== undefined) {
    return error.retryAfterSeconds * 1000;
  }
  if (!isTransient(error)) return undefined;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retries);
  // Half of it is random, so that windows that failed together do not retry together.
  return (pauseMs * (1 + Math.random())) / 2;
}
