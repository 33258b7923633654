import { defaultFetch } from '#defaultFetch';

/** How long `fetch` of Node waits for the head of an answer. undici tries a proxy that hangs up for ever. */
const LONGEST_WAIT_MS = 300_000;

/**
 * Requests as `globalThis.fetch` does, but by way of the proxies and with the certificates of the environment,
 * as the library requests tokens. For requests to the Web API in plain Node:
 * `createFetch(auth, { fetch: environmentFetch })`. It needs the npm package undici for a proxy. The body of a
 * request is read before it is sent. Rejects with a {@link ConfigurationError} for a variable that it cannot
 * follow, with a `TimeoutError` if no answer begins within 300 s, and otherwise as `fetch` does.
 */
export const environmentFetch: typeof globalThis.fetch = async (input, init) => {
  // The `fetch` of a package refuses the `Request` and the bodies of Node's own.
  const request = new Request(input, init);
  const { url, method, redirect, keepalive, integrity } = request;
  const hasBody = !['GET', 'HEAD'].includes(method);
  const body = hasBody ? await request.arrayBuffer() : null;
  const headers = Object.fromEntries(request.headers);
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new DOMException('No answer began within 300 s.', 'TimeoutError'));
  }, LONGEST_WAIT_MS);
  // The signal of a `Request` follows the caller's only until the request is garbage (nodejs/undici#3644).
  const given = init?.signal ?? (input instanceof Request ? input.signal : undefined);
  const signal = given ? AbortSignal.any([given, late.signal]) : late.signal;
  const sent = { method, redirect, signal, keepalive, integrity, headers, body };
  try {
    return await defaultFetch(url, sent);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
};
