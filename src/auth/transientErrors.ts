import { ConnectionError, InvalidResponseError, RateLimitError, ServerError } from './errors.ts';
import { excerpt } from './redaction.ts';

/** Whether a request that failed with this error may succeed later. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof RateLimitError ||
    error instanceof ServerError ||
    error instanceof ConnectionError
  );
}

/**
 * Whether a code whose exchange failed with `error` may still be valid. A redirect and a 407 are a
 * proxy's or a captive portal's: Spotify has not received the request.
 */
export function isCodeUnused(error: unknown): boolean {
  if (error instanceof ConnectionError) return !error.mayHaveReachedServer;
  if (error instanceof InvalidResponseError) {
    const { status = 0 } = error;
    return status === 407 || (status >= 300 && status < 400);
  }
  return error instanceof RateLimitError || error instanceof ServerError;
}

/**
 * Throws if the same request may get another answer later.
 * @param secrets Values in the request that no error may contain.
 * @throws ServerError for 5xx, RateLimitError for 429.
 */
export function throwIfTransient(
  { status, headers }: Response,
  body: string,
  secrets: readonly string[],
): void {
  if (status >= 500) {
    const message = `Spotify answered with HTTP status ${status}.`;
    throw new ServerError(message, status, excerpt(body, secrets));
  }
  if (status === 429) throw rateLimit(headers.get('retry-after'), body);
}

/** @param retryAfter Seconds or an HTTP date (RFC 9110 section 10.2.3); null if it is missing. */
function rateLimit(retryAfter: string | null, body: string): RateLimitError {
  const left = secondsUntil(retryAfter?.trim() ?? '');
  const seconds = Number.isNaN(left) ? undefined : left;
  const waiting = seconds === undefined ? '' : ` It asks to wait ${Math.ceil(seconds)} s.`;
  // https://developer.spotify.com/documentation/web-api/concepts/rate-limits
  const isQuotaExceeded = body.includes('QUOTA_EXCEEDED');
  const message = isQuotaExceeded
    ? 'The quota of the Spotify developer account is used up: all its apps have to wait.'
    : 'Spotify receives too many requests at the moment.';
  return new RateLimitError(`${message}${waiting}`, seconds, isQuotaExceeded);
}

/** Returns NaN for a text that is neither a number nor a date. */
function secondsUntil(retryAfter: string): number {
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return Number(retryAfter);
  // `Date.parse` accepts "-1" as a date.
  if (!retryAfter.includes(':')) return NaN;
  return Math.max(0, (Date.parse(retryAfter) - Date.now()) / 1000);
}
