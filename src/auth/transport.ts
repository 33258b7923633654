import { unlessAborted } from './abortable.ts';
import { ConfigurationError, ConnectionError } from './errors.ts';
import { mayHaveReached } from './unsentRequest.ts';

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

/** A request through a proxy failed, or the proxy refused it. */
export class ProxyConnectionError extends Error {
  /** @param variable The environment variable that names the proxy. */
  constructor(variable: string, cause: unknown) {
    super(`the connection through the proxy of ${variable} failed`, { cause });
  }
}

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Makes one request and reads the whole answer. A body is cut off after 1 MiB.
 * @throws ConnectionError when there is no complete answer in time. The reason is in `cause`.
 * @throws ConfigurationError of a `fetch` that refuses the settings of its proxy or certificates.
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
    if (cause instanceof ConfigurationError) throw cause;
    const host = new URL(url).host;
    const failed = cause instanceof ProxyConnectionError ? cause.message : 'the connection failed';
    const what = timeout.signal.aborted
      ? `no complete answer within ${transport.timeoutMs} ms`
      : failed;
    throw new ConnectionError(`Cannot reach ${host}: ${what}.`, cause, mayHaveReached(cause));
  } finally {
    timeout.clear();
  }
}

/** If a timer fires more milliseconds late than this, the process was suspended. */
const SUSPENDED_MS = 500;
/** Time for the network to bring an answer after a suspension, in milliseconds. */
const AFTER_SUSPENSION_MS = 1000;
/** Time to read an answer that has arrived, in milliseconds. */
const LAST_LOOK_MS = 50;

/**
 * The time limit of one attempt. A process that was suspended or busy runs its timers before it reads what
 * has arrived meanwhile. So it reads once more after its timer: the answer may hold a rotated refresh token.
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

  #wait(ms: number, isLast = false): void {
    const due = performance.now() + ms;
    this.#timer = setTimeout(() => {
      if (performance.now() - due > SUSPENDED_MS) this.#wait(AFTER_SUSPENSION_MS);
      else if (!isLast) this.#wait(LAST_LOOK_MS, true);
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
  // Not awaited: while a clone of the answer is unread, this promise does not settle.
  reader.cancel().catch(() => undefined);
  return text;
}
