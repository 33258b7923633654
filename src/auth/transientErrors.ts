import { ConnectionError, RateLimitError, ServerError } from './errors.ts';

/** Whether the same request may succeed later. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof RateLimitError ||
    error instanceof ServerError ||
    error instanceof ConnectionError
  );
}

/**
 * Throws if the same request may get another answer later.
 * @throws ServerError for 5xx, RateLimitError for 429.
 */
export function throwIfTransient({ status, headers }: Response): void {
  if (status >= 500) throw new ServerError(`Spotify answered with HTTP status ${status}.`, status);
  if (status === 429) throw rateLimit(headers.get('retry-after'));
}

/** @param retryAfter Seconds or an HTTP date (RFC 9110 section 10.2.3); null if it is missing. */
function rateLimit(retryAfter: string | null): RateLimitError {
  const seconds = secondsUntil(retryAfter?.trim() ?? '');
  if (Number.isNaN(seconds)) {
    return new RateLimitError('Spotify receives too many requests at the moment.');
  }
  const message = `Spotify asks to wait ${Math.ceil(seconds)} s before the next request.`;
  return new RateLimitError(message, seconds);
}

/** Returns NaN for a text that is neither a number nor a date. */
function secondsUntil(retryAfter: string): number {
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return Number(retryAfter);
  // `Date.parse` accepts "-1" as a date.
  if (!retryAfter.includes(':')) return NaN;
  return Math.max(0, (Date.parse(retryAfter) - Date.now()) / 1000);
}
