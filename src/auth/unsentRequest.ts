/** System calls that fail before a request is sent. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo', 'bind']);

/** Codes of errors that occur before a request is sent, where the error names no system call. */
const CODES_BEFORE_SENDING = new Set([
  'EADDRNOTAVAIL',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Whether the server may have received the request that failed with `error`. False if the error, or
 * one of its causes, occurred before the request was sent. An established connection can fail with
 * some of the same codes, such as `ETIMEDOUT`: then `syscall` is `read` or `write`.
 */
export function mayHaveReached(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isBeforeSending(cause)) return false;
  }
  return true;
}

function isBeforeSending(error: Error & { code?: unknown; syscall?: unknown }): boolean {
  // Node tries each address of a name. A later attempt may fail in another way.
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.every((each) => !mayHaveReached(each));
  }
  if (isProxyRefusal(error)) return true;
  if (typeof error.syscall === 'string') return BEFORE_SENDING.has(error.syscall);
  return CODES_BEFORE_SENDING.has(String(error.code));
}

/** Whether a proxy has refused the request (RFC 9110 sections 9.3.6 and 15.5.8). */
function isProxyRefusal({ name, message, code }: Error & { code?: unknown }): boolean {
  // undici's error for any answer to CONNECT but 200.
  if (/^Proxy response \(\d+\)/.test(message)) return true;
  // Fetch hides a 407 (https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch, step 15). For
  // a POST whose redirects are not followed, no other error of undici has no words.
  return name === 'Error' && message === '' && code === undefined;
}
