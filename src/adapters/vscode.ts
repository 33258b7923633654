/**
 * Spotify's Web API with a session of VS Code 1.105 or later, for other extensions: copy this file, or
 * import `@spotify-sdk/js/vscode`. The file imports nothing, and works in web extensions, too.
 * From https://github.com/spotify-sdk/vscode-spotify-authentication, MIT license.
 *
 * ```ts
 * const spotifyFetch = createFetch(createAuthProvider(vscode, ['user-top-read']));
 * const response = await spotifyFetch('https://api.spotify.com/v1/me/top/tracks');
 * ```
 */
import type * as vscode from 'vscode';

/** https://developer.spotify.com/documentation/web-api/concepts/scopes, partner scopes left out. */
export const scopes = [
  'ugc-image-upload',
  'user-read-playback-state',
  'user-modify-playback-state',
  'user-read-currently-playing',
  'app-remote-control',
  'streaming',
  'playlist-read-private',
  'playlist-read-collaborative',
  'playlist-modify-private',
  'playlist-modify-public',
  'user-follow-modify',
  'user-follow-read',
  'user-read-playback-position',
  'user-top-read',
  'user-read-recently-played',
  'user-library-modify',
  'user-library-read',
  'user-read-email',
  'user-read-private',
  'user-personalized',
] as const;

/** A scope. Any string is accepted, since Spotify adds scopes without notice. */
export type SpotifyScope = (typeof scopes)[number] | (string & {});

/** A source of access tokens: one of `@spotify-sdk/js/auth`, or your own. */
export interface AuthProvider {
  /** Returns an access token that is valid now. Rejects if there is none. */
  getAccessToken(): Promise<string>;
  /** Replaces `refused`, a token that Spotify answered with 401: by default the last one returned. */
  renew?(refused?: string): Promise<void>;
  /** Releases the provider's resources. */
  close?(): void | Promise<void>;
}

export interface SessionOptions {
  /**
   * Whether VS Code asks the user if there is no session, or the user has not allowed this extension
   * to use it; `true` by default. An object gives VS Code's dialog a text of yours.
   */
  readonly ask?: boolean | vscode.AuthenticationGetSessionPresentationOptions | undefined;
  /** The only account to use. By default, VS Code decides, or asks the user. */
  readonly account?: vscode.AuthenticationSessionAccountInformation | undefined;
  /** The provider, `spotify` by default. `spotify-app` has the app's own tokens, without user and scopes. */
  readonly providerId?: 'spotify' | 'spotify-app' | undefined;
}

/** There is no session that this extension may use, and the user was not asked. */
export class NoSessionError extends Error {
  override readonly name = 'NoSessionError';
}

/** How long a token is cached: half the minute for which a token of a session is usually valid. */
const HALF_A_MINUTE_MS = 30_000;

/**
 * Returns a provider of the user's access tokens. Close it when your extension is deactivated. Its
 * `getAccessToken` rejects with VS Code's error when the user declines (the next call asks again), with
 * a {@link NoSessionError} if `ask` is false and there is no session, and with an `Error` once closed.
 * @param vscode Your extension's own `vscode` module: VS Code shows its name to the user.
 */
export function createAuthProvider(
  { authentication, commands }: Pick<typeof vscode, 'authentication' | 'commands'>,
  scopes: readonly SpotifyScope[],
  { ask = true, account, providerId = 'spotify' }: SessionOptions = {},
) {
  const prompt = ask ? { createIfNone: ask } : { silent: true };
  const sessionOptions = { ...prompt, ...(account && { account }) };
  let cached: { readonly token: Promise<string>; readonly at: number } | undefined;
  let sessionId: string | undefined;
  let isClosed = false;
  const forget = () => void (cached = undefined);
  const close = (): void => {
    isClosed = true;
    forget();
    listener.dispose();
  };
  // Sign-ins, sign-outs and refreshes, and changes of the extensions that may use the account.
  const listener = authentication.onDidChangeSessions(({ provider }) => {
    if (provider.id === providerId) forget();
  });
  const askEditor = async (): Promise<string> => {
    const session = await authentication.getSession(providerId, [...scopes], sessionOptions);
    if (!session) throw new NoSessionError('There is no Spotify session for this extension.');
    sessionId = session.id;
    return session.accessToken;
  };
  return {
    async getAccessToken(): Promise<string> {
      if (isClosed) throw new Error('The AuthProvider is closed.');
      const age = Date.now() - (cached?.at ?? NaN);
      // The age is negative if the clock was set back.
      if (cached && age >= 0 && age < HALF_A_MINUTE_MS) return cached.token;
      const asked = (cached = { token: askEditor(), at: Date.now() });
      asked.token.catch(() => cached === asked && forget());
      return asked.token;
    },
    async renew(): Promise<void> {
      const command = 'spotify-authentication.refreshAccessToken';
      if (sessionId !== undefined && !isClosed) await commands.executeCommand(command, sessionId);
      forget();
    },
    close,
    /** The same as `close`, for `context.subscriptions`. */
    dispose: close,
  };
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
 * @param options `fetch` makes the requests; `globalThis.fetch` by default.
 */
export function createFetch(
  provider: AuthProvider,
  options: { readonly fetch?: typeof globalThis.fetch | undefined } = {},
): typeof globalThis.fetch {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const base = options.fetch ?? globalThis.fetch;
    // The `fetch` of a package refuses the host's own `Request`.
    const send: Send = async (request) => {
      const { url, method, redirect, signal, cache, credentials, integrity, keepalive } = request;
      const given = { ...init, method, redirect, signal, cache, credentials, integrity, keepalive };
      const body = request.body && (await request.arrayBuffer());
      return base(url, { ...given, headers: Object.fromEntries(request.headers), body });
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
    const token = await provider.getAccessToken();
    const response = await sendSigned(request, token, send);
    const waitMs = response.status === 429 ? retryAfterMs(response.headers) : Infinity;
    const isRenewed = response.status === 401 && mayRenew;
    if (!isRenewed && waitMs > mayWaitMs) return response;
    discard(response);
    if (isRenewed) await provider.renew?.(token);
    else await delay(waitMs, request.signal);
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

async function delay(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => clearTimeout(timer));
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

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
    const lasts = { expires_in: HALF_A_MINUTE_MS / 1000, expires: Date.now() + HALF_A_MINUTE_MS };
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
