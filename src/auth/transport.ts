import { ConnectionError } from './errors.ts';
import { unlessAborted } from './abortable.ts';

/** A function that makes HTTP requests as `globalThis.fetch` does. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How one request is made. */
interface Transport {
  readonly fetch: Fetch;
  /** Time limit from connecting to the last byte of the answer, in milliseconds. */
  readonly timeoutMs: number;
  /** An abort ends the request at once. It then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Makes one request and reads the whole answer. A body is cut off after 1 MiB.
 * @throws ConnectionError when there is no complete answer in time. The reason is in `cause`.
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
    // A caller's `fetch` may ignore signals.
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

/** If a timer fires more milliseconds late than this, the process was suspended. */
const SUSPENDED_MS = 500;
/** Time to read an answer that arrived while the process was suspended, in milliseconds. */
const AFTER_SUSPENSION_MS = 1000;

/**
 * The time limit of one attempt. If the process was suspended meanwhile, its timer has expired although
 * the answer may have arrived. Then the limit is extended: the answer may hold a rotated refresh token.
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
      if (performance.now() - due > SUSPENDED_MS) this.#wait(AFTER_SUSPENSION_MS);
      else this.#controller.abort(new DOMException('The attempt took too long.', 'TimeoutError'));
    }, ms);
  }
}

/** Returns the body; null if there is none, which `new Response` requires for a 204. */
async function readBody(response: Response): Promise<string | null> {
  if (!response.body) return null;
  // Not every browser supports `for await` on a stream.
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

/** Codes of errors that occur before a request is sent. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** False if `error` or one of its causes occurred before the request was sent. */
function mayHaveReached(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && BEFORE_SENDING.has(String(cause.code))) return false;
  }
  return true;
}
