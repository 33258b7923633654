import { ConnectionError, RateLimitError, ServerError } from './errors.ts';

/** Whether `error` says nothing about the request, only about the moment. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof RateLimitError ||
    error instanceof ServerError ||
    error instanceof ConnectionError
  );
}

/**
 * Sorts out the answers that a later request need not get.
 * @throws ServerError for 5xx, RateLimitError for 429.
 */
export function throwIfTransient({ status, headers }: Response): void {
  if (status >= 500) throw new ServerError(`Spotify answered with HTTP status ${status}.`, status);
  if (status === 429) throw rateLimit(headers.get('retry-after'));
}

/** `Retry-After` is a number of seconds or an HTTP date (RFC 9110 section 10.2.3), or missing. */
function rateLimit(retryAfter: string | null): RateLimitError {
  const seconds = secondsUntil(retryAfter?.trim() ?? '');
  if (Number.isNaN(seconds)) {
    return new RateLimitError('Spotify answers too many requests at the moment.');
  }
  const message = `Spotify asks to wait ${Math.ceil(seconds)} s before the next request.`;
  return new RateLimitError(message, seconds);
}

/** NaN for what is neither. */
function secondsUntil(retryAfter: string): number {
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return Number(retryAfter);
  // `Date.parse` takes "-1" for a day that is long past.
  if (!retryAfter.includes(':')) return NaN;
  return Math.max(0, (Date.parse(retryAfter) - Date.now()) / 1000);
}
