/**
 * Spotify's Web API with the sessions of VS Code 1.105 and later, for other extensions: copy this file,
 * or import `@spotify-sdk/js/vscode`. It needs nothing else, and runs in a web extension, too.
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

/** A scope; unknown ones are accepted, since Spotify adds scopes without notice. */
export type SpotifyScope = (typeof scopes)[number] | (string & {});

/** Whatever hands out access tokens; a provider of `@spotify-sdk/js/auth` is one, and so is your own. */
export interface AuthProvider {
  /** An access token that is valid now. Rejects where there is none. */
  getAccessToken(): Promise<string>;
  /** Has the next token be another one: the one handed out last was refused. */
  renew?(): Promise<void>;
  /** Lets go of whatever the provider holds. */
  close?(): void | Promise<void>;
}

export interface SessionOptions {
  /**
   * Whether the person is asked where there is no session they have agreed to: `true` unless given,
   * or what VS Code's dialog is to tell them.
   */
  readonly ask?: boolean | vscode.AuthenticationGetSessionPresentationOptions | undefined;
  /** The account that is meant, where the person may have several. */
  readonly account?: vscode.AuthenticationSessionAccountInformation | undefined;
  /** `spotify` unless given; `spotify-app` has the app's own tokens, without a user or scopes. */
  readonly providerId?: 'spotify' | 'spotify-app' | undefined;
}

/** Nobody is signed in, or has agreed that this extension uses their account; nobody was asked. */
export class NoSessionError extends Error {
  override readonly name = 'NoSessionError';
}

/** A session lasts a minute, as a rule, when VS Code answers. Half of it is remembered. */
const HALF_A_MINUTE_MS = 30_000;

/**
 * The person's session as a provider. Close it when the extension is deactivated. Its `getAccessToken`
 * rejects with VS Code's own error when the person says no, which the next call asks again; with a
 * {@link NoSessionError} where it may not ask, and with an `Error` once it is closed.
 * @param vscode What `require('vscode')` is to your extension: VS Code asks the person in its name.
 */
export function createAuthProvider(
  { authentication, commands }: Pick<typeof vscode, 'authentication' | 'commands'>,
  scopes: readonly SpotifyScope[],
  { ask = true, account, providerId = 'spotify' }: SessionOptions = {},
) {
  const how = { ...(ask ? { createIfNone: ask } : { silent: true }), ...(account && { account }) };
  let remembered: { readonly token: Promise<string>; readonly at: number } | undefined;
  let sessionId: string | undefined;
  let isClosed = false;
  const forget = () => {
    remembered = undefined;
  };
  const close = (): void => {
    isClosed = true;
    forget();
    listener.dispose();
  };
  // A sign-out, a refresh, and a change of who may use the account, too.
  const listener = authentication.onDidChangeSessions(({ provider }) => {
    if (provider.id === providerId) forget();
  });
  const askEditor = async (): Promise<string> => {
    const session = await authentication.getSession(providerId, [...scopes], how);
    if (!session) throw new NoSessionError('No Spotify account may be used without asking.');
    sessionId = session.id;
    return session.accessToken;
  };
  return {
    async getAccessToken(): Promise<string> {
      if (isClosed) throw new Error('The AuthProvider is closed.');
      const age = Date.now() - (remembered?.at ?? NaN);
      // A clock that was set back leaves moments in the future.
      if (remembered && age >= 0 && age < HALF_A_MINUTE_MS) return remembered.token;
      const asked = (remembered = { token: askEditor(), at: Date.now() });
      asked.token.catch(() => {
        if (remembered === asked) forget();
      });
      return asked.token;
    },
    async renew(): Promise<void> {
      const command = 'spotify-authentication.refreshAccessToken';
      if (sessionId !== undefined && !isClosed) await commands.executeCommand(command, sessionId);
      forget();
    },
    close,
    /** The same, for `context.subscriptions`. */
    dispose: close,
  };
}

/** For all waits of one call together. */
const LONGEST_WAIT_MS = 10_000;
const SHORTEST_WAIT_MS = 1000;
const MOST_REDIRECTS = 20;

/**
 * A `fetch` that signs requests to https://api.spotify.com with the provider's token, in place of an
 * `Authorization` header of their own, and passes every other request on as it is. Refused with 401,
 * it renews the token and asks once more; with 429 it waits where `Retry-After` allows, for ten
 * seconds at most. Redirects of GET and HEAD are followed, others answered as they are. It rejects as
 * `fetch` does, and as the provider.
 * @param options `fetch` makes the requests; `globalThis.fetch` unless given.
 */
export function createFetch(
  provider: AuthProvider,
  options: { readonly fetch?: typeof globalThis.fetch | undefined } = {},
): typeof globalThis.fetch {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const base = options.fetch ?? globalThis.fetch;
    if (!isWebApi(input instanceof Request ? input.url : String(input))) return base(input, init);
    let request = new Request(input, init);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await answerTo(request, provider, base);
      const next = redirected(request, response);
      if (!next) return response;
      await response.body?.cancel();
      if (!isWebApi(next.url)) return base(next);
      request = next;
    }
    throw new TypeError('There were too many redirects.');
  };
}

/** Of `blob:` addresses only the origin is Spotify's. */
function isWebApi(address: string): boolean {
  const { protocol, host } = URL.canParse(address) ? new URL(address) : { protocol: '', host: '' };
  return protocol === 'https:' && host === 'api.spotify.com';
}

async function answerTo(
  request: Request,
  provider: AuthProvider,
  fetch: typeof globalThis.fetch,
): Promise<Response> {
  let mayRenew = provider.renew !== undefined;
  let mayWaitMs = LONGEST_WAIT_MS;
  for (;;) {
    const token = await provider.getAccessToken();
    const response = await send(request, token, fetch);
    const waitMs = response.status === 429 ? retryAfterMs(response.headers) : Infinity;
    const isRenewed = response.status === 401 && mayRenew;
    if (!isRenewed && waitMs > mayWaitMs) return response;
    // A body that nobody reads holds its connection.
    await response.body?.cancel();
    if (isRenewed) await provider.renew?.();
    else await delay(waitMs, request.signal);
    mayRenew &&= !isRenewed;
    mayWaitMs -= isRenewed ? 0 : waitMs;
  }
}

/** Follows no redirect: Electron, which may stand behind `fetch`, takes the token along. */
function send(request: Request, token: string, fetch: typeof globalThis.fetch): Promise<Response> {
  const isFollowed = request.redirect === 'follow';
  const signed = new Request(request.clone(), isFollowed ? { redirect: 'manual' } : {});
  signed.headers.set('Authorization', `Bearer ${token}`);
  return fetch(signed).then((response) => {
    // Only browsers hide where it leads, and they leave the token behind.
    if (!isFollowed || response.type !== 'opaqueredirect') return response;
    return fetch(new Request(request.clone(), { headers: signed.headers }));
  });
}

/** The request that a redirect asks for; undefined where there is none, or not of GET or HEAD. */
function redirected(request: Request, { status, headers }: Response): Request | undefined {
  const location = headers.get('Location');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (request.redirect !== 'follow' || !isRead || !location) return undefined;
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  const next = new Request(new URL(location, request.url), request);
  if (!isWebApi(next.url)) next.headers.delete('Authorization');
  return next;
}

/** Infinite without a number of seconds. */
function retryAfterMs(headers: Headers): number {
  const seconds = headers.get('Retry-After') ?? '';
  return /^\d+$/.test(seconds) ? Math.max(Number(seconds) * 1000, SHORTEST_WAIT_MS) : Infinity;
}

async function delay(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/**
 * A strategy for `new SpotifyApi(strategy)` of @spotify/web-api-ts-sdk 1.2, its `IAuthStrategy`. The
 * provider is asked before each request, so nothing expires in the SDK. Refresh tokens are given to
 * nobody; the SDK's `logOut` signs nobody out, since that is the person's to do, in the Accounts menu.
 */
export function createAuthStrategy(provider: AuthProvider) {
  let isInUse = false;
  const ask = async () => {
    const access_token = await provider.getAccessToken();
    isInUse = true;
    const expires = Date.now() + HALF_A_MINUTE_MS;
    const lasts = { expires_in: HALF_A_MINUTE_MS / 1000, expires };
    return { access_token, token_type: 'Bearer', ...lasts, refresh_token: '' };
  };
  return {
    setConfiguration: (): void => undefined,
    getOrCreateAccessToken: ask,
    /** Null before the first request, so that nobody is asked for no more than a look. */
    getAccessToken: async () => (isInUse ? ask() : null),
    removeAccessToken: (): void => {
      isInUse = false;
    },
  };
}
