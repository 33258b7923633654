import { ConnectionError } from './errors.ts';
import { unlessAborted } from './abortable.ts';

/** The part of the Fetch standard that is used here; `globalThis.fetch` is one. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How one request is made. */
export interface Transport {
  readonly fetch: Fetch;
  /** Limit for one attempt, from connecting to the last byte, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the attempt at once; the returned promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Makes one request and reads its whole answer within the time limit. A body over 1 MiB is cut
 * off there.
 * @throws ConnectionError when there is no complete answer, with the reason in `cause`.
 */
export async function send(
  url: string,
  init: RequestInit,
  transport: Transport,
): Promise<Response> {
  const timeout = new AttemptTimeout(transport.timeoutMs);
  const signal = transport.signal
    ? AbortSignal.any([transport.signal, timeout.signal])
    : timeout.signal;
  try {
    signal.throwIfAborted();
    // A `fetch` of somebody else may not know about signals.
    const response = await unlessAborted(transport.fetch(url, { ...init, signal }), signal);
    const body = await unlessAborted(readBody(response), signal);
    return new Response(body, { status: response.status, headers: response.headers });
  } catch (cause) {
    transport.signal?.throwIfAborted();
    const host = new URL(url).host;
    const what = timeout.signal.aborted
      ? `no complete answer within ${transport.timeoutMs} ms`
      : 'the connection failed';
    throw new ConnectionError(`Cannot reach ${host}: ${what}.`, cause, mayHaveReached(cause));
  } finally {
    timeout.clear();
  }
}

/** A timer that ends so late that the process cannot have been awake, in milliseconds. */
const OVERSLEPT_MS = 500;
/** Time to read what has come while it was not, in milliseconds. */
const WAKING_UP_MS = 1000;

/**
 * The time limit of one attempt. A process that was stopped meanwhile finds the timer and the answer
 * side by side, and must not throw the answer away: it may hold a rotated refresh token.
 */
class AttemptTimeout {
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeoutMs: number) {
    this.#wait(timeoutMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    const due = performance.now() + ms;
    this.#timer = setTimeout(() => {
      if (performance.now() - due > OVERSLEPT_MS) this.#wait(WAKING_UP_MS);
      else this.#controller.abort(new DOMException('The attempt took too long.', 'TimeoutError'));
    }, ms);
  }
}

/** The body, or null where there is none, as `new Response` wants it for a 204. */
async function readBody(response: Response): Promise<string | null> {
  if (!response.body) return null;
  // Not every browser has a stream that can be looped over.
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let left = MAX_BODY_BYTES; left > 0;) {
    const { value } = await reader.read();
    if (!value) return text;
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.byteLength;
  }
  await reader.cancel();
  return text;
}

/** Failures that come before the first byte of a request leaves. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function mayHaveReached(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && BEFORE_SENDING.has(String(cause.code))) return false;
  }
  return true;
}
