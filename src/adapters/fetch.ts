/**
 * The entry `@spotify-sdk/js/fetch`: Spotify's Web API with any source of access tokens. It is also part of
 * `examples/spotify.ts`, and needs neither `vscode` nor Node.
 */
import { delay, unlessAborted } from '../auth/abortable.ts';

/** A source of access tokens: one of `@spotify-sdk/js`, or your own. */
export interface AuthProvider {
  /** Returns an access token that is valid now. Rejects if there is none, or on an abort. */
  getAccessToken(options?: { readonly signal?: AbortSignal | undefined }): Promise<string>;
  /** Replaces `refused`, a token that Spotify answered with 401: by default the last one returned. */
  renew?(refused?: string): Promise<void>;
  /** Releases the provider's resources. */
  close?(): void | Promise<void>;
}

/** Options of {@link createFetch}. */
export interface FetchOptions {
  /** Makes the requests; `globalThis.fetch` by default. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Limit of all pauses of one call together. */
const LONGEST_WAIT_MS = 10_000;
const SHORTEST_WAIT_MS = 1000;
const MOST_REDIRECTS = 20;
type Send = (request: Request) => Promise<Response>;

/**
 * Returns a `fetch` that sets the header `Authorization` of requests to https://api.spotify.com, and
 * leaves other requests as they are. After a 401 it renews the token and repeats the request once.
 * After a 429 it waits as `Retry-After` says, 10 s per call at most, and repeats. It follows redirects of
 * GET and HEAD to http(s), and returns others. It rejects with errors of `fetch` and of the provider.
 */
export function createFetch(
  provider: AuthProvider,
  options: FetchOptions = {},
): typeof globalThis.fetch {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const base = options.fetch ?? globalThis.fetch;
    // The `fetch` of a package refuses the host's own `Request`.
    const send: Send = async (request) => {
      const { url, method, redirect, signal, cache, credentials, integrity, keepalive } = request;
      const given = { ...init, method, redirect, signal, cache, credentials, integrity, keepalive };
      // Firefox has no `Request.body`.
      const hasBody = !['GET', 'HEAD'].includes(method);
      const body = hasBody ? await request.arrayBuffer() : null;
      return base(url, { ...given, headers: plainHeaders(request.headers), body });
    };
    if (!(input instanceof Request) && !isWebApi(String(input))) return base(input, init);
    let request = new Request(input, init);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      if (!isWebApi(request.url)) return send(request);
      const response = await answerTo(request, provider, send);
      const next = redirected(request, response);
      if (!next) return response;
      discard(response);
      request = next;
    }
    throw new TypeError('There were too many redirects.');
  };
}

/** Does not iterate: before TypeScript 6, `Headers` is iterable only with the library `DOM.Iterable`. */
function plainHeaders(headers: Headers): Record<string, string> {
  const plain: Record<string, string> = {};
  headers.forEach((value, name) => (plain[name] = value));
  return plain;
}

/** Does not compare the origin, since that of a `blob:` URL may be Spotify's, too. */
function isWebApi(url: string): boolean {
  return URL.canParse(url) && new URL(url).href.startsWith('https://api.spotify.com/');
}

/** Closes its connection. Not awaited: a clone that is not read would hold it up. */
function discard({ body }: Response): void {
  body?.cancel().catch(() => undefined);
}

async function answerTo(request: Request, provider: AuthProvider, send: Send): Promise<Response> {
  let mayRenew = provider.renew !== undefined;
  let mayWaitMs = LONGEST_WAIT_MS;
  for (;;) {
    const { signal } = request;
    const token = await unlessAborted(provider.getAccessToken({ signal }), signal);
    const response = await sendSigned(request, token, send);
    const waitMs = response.status === 429 ? retryAfterMs(response.headers) : Infinity;
    const isRenewed = response.status === 401 && mayRenew;
    if (!isRenewed && waitMs > mayWaitMs) return response;
    discard(response);
    if (isRenewed) await provider.renew?.(token);
    else await delay(waitMs, signal);
    mayRenew &&= !isRenewed;
    mayWaitMs -= isRenewed ? 0 : waitMs;
  }
}

/** Does not follow redirects: Electron's `fetch` would send the token to the other host. */
async function sendSigned(request: Request, token: string, send: Send): Promise<Response> {
  const isFollowed = request.redirect === 'follow';
  const signed = new Request(request.clone(), isFollowed ? { redirect: 'manual' } : {});
  signed.headers.set('Authorization', `Bearer ${token}`);
  const response = await send(signed);
  // Only browsers hide the target of a redirect, and they do not send the token there.
  if (!isFollowed || response.type !== 'opaqueredirect') return response;
  return send(new Request(request.clone(), { headers: signed.headers }));
}

/** Returns the request to the target of a redirect; undefined if it is not to be followed. */
function redirected(request: Request, { status, headers }: Response): Request | undefined {
  const location = headers.get('Location');
  const isRedirect = [301, 302, 303, 307, 308].includes(status) && request.redirect === 'follow';
  if (!isRedirect || !['GET', 'HEAD'].includes(request.method) || !location) return undefined;
  const next = new Request(new URL(location, request.url), request);
  if (!/^https?:/.test(next.url)) return undefined;
  if (!isWebApi(next.url)) {
    for (const name of ['Authorization', 'Cookie', 'Proxy-Authorization'])
      next.headers.delete(name);
  }
  return next;
}

/** Returns `Infinity` if the header has no number of seconds. */
function retryAfterMs(headers: Headers): number {
  const seconds = headers.get('Retry-After') ?? '';
  return /^\d+$/.test(seconds) ? Math.max(Number(seconds) * 1000, SHORTEST_WAIT_MS) : Infinity;
}

/** How long the SDK may keep a token. It does not, but it shows the time to its users. */
const TOKEN_LASTS_S = 30;

/**
 * Returns an `IAuthStrategy` for `new SpotifyApi(strategy)` of @spotify/web-api-ts-sdk 1.2. The SDK
 * requests a token from the provider before each request, and gets no refresh token. Its `logOut` does
 * not sign the user out: only the user does, in the Accounts menu.
 */
export function createAuthStrategy(provider: AuthProvider) {
  let isInUse = false;
  const ask = async () => {
    const access_token = await provider.getAccessToken();
    isInUse = true;
    const lasts = { expires_in: TOKEN_LASTS_S, expires: Date.now() + TOKEN_LASTS_S * 1000 };
    return { access_token, token_type: 'Bearer', ...lasts, refresh_token: '' };
  };
  return {
    setConfiguration: (): void => undefined,
    getOrCreateAccessToken: ask,
    /** Null before the first request, so that VS Code does not ask the user yet. */
    getAccessToken: async () => (isInUse ? ask() : null),
    removeAccessToken: (): void => void (isInUse = false),
  };
}

/**
 * Returns the arguments of `new SpotifyApi(...createSdkConfig(provider))`: the strategy, `createFetch`, and
 * a deserializer that reads a single word as null. Spotify answers `pausePlayback`, `skipToNext` and
 * other commands with such a word, for which the SDK alone throws a SyntaxError.
 */
export function createSdkConfig(provider: AuthProvider, options: FetchOptions = {}) {
  const deserialize = async <T>(response: Response): Promise<T> => {
    const text = await response.text();
    return (/^[\w-]*\s*$/.test(text) ? null : JSON.parse(text)) as T;
  };
  const config = { fetch: createFetch(provider, options), deserializer: { deserialize } };
  return [createAuthStrategy(provider), config] as const;
}
