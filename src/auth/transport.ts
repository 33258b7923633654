import { ConnectionError } from './errors.ts';

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
    const response = await transport.fetch(url, { ...init, signal });
    const body = await readBody(response);
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
  #timer: NodeJS.Timeout | undefined;

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
  const decoder = new TextDecoder();
  let text = '';
  let left = MAX_BODY_BYTES;
  // Leaving the loop early cancels the stream.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= chunk.byteLength;
    if (left <= 0) break;
  }
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

let undici: Promise<Fetch> | undefined;

/**
 * The default outside the editor: undici, obeying HTTP_PROXY, HTTPS_PROXY and NO_PROXY. It is
 * loaded on first need and never in an extension host, where loading it changes every
 * extension's `fetch`.
 */
export const undiciFetch: Fetch = async (url, init) => {
  undici ??= import('undici').then(({ EnvHttpProxyAgent, fetch }) => {
    const limits = { connect: { timeout: 10_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 };
    const dispatcher = new EnvHttpProxyAgent(limits);
    const withProxy = (target: string, options: RequestInit) =>
      fetch(target, { ...(options as object), dispatcher }) as unknown as Promise<Response>;
    return withProxy;
  });
  return (await undici)(url, init);
};
