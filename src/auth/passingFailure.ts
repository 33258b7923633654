import { ConnectionError, RateLimitError, ServerError } from './errors.ts';

/** Whether `error` says nothing about the request, only about the moment. */
export function isPassing(error: unknown): boolean {
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
export function throwIfPassing({ status, headers }: Response): void {
  if (status >= 500) throw new ServerError(`Spotify answered with HTTP status ${status}.`, status);
  if (status === 429) throw rateLimit(headers.get('retry-after'));
}

/** `Retry-After` is a number of seconds or an HTTP date (RFC 9110 section 10.2.3), or missing. */
function rateLimit(retryAfter: string | null): RateLimitError {
  const seconds = /^\s*\d+\s*$/.test(retryAfter ?? '')
    ? Number(retryAfter)
    : (Date.parse(retryAfter ?? '') - Date.now()) / 1000;
  return Number.isNaN(seconds)
    ? new RateLimitError('Spotify answers too many requests at the moment.')
    : new RateLimitError(
        `Spotify asks to wait ${Math.ceil(seconds)} s before the next request.`,
        Math.max(0, seconds),
      );
}
