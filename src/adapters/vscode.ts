/**
 * Spotify's Web API with the sessions of VS Code, for other extensions: copy this file, or install the
 * npm package `spotify-sdk` and import `spotify-sdk/vscode`. It needs nothing else, and runs in a web
 * extension, too.
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

/** Whatever hands out access tokens; a provider of `spotify-sdk/auth` is one, and so is your own. */
export interface AuthProvider {
  /** An access token that is valid now. Rejects where there is none. */
  getAccessToken(): Promise<string>;
  /** Has the next token be another one: the one handed out last was refused. */
  renew?(): Promise<void>;
  /** Lets go of whatever the provider holds. */
  close?(): void | Promise<void>;
}

/** What {@link createAuthProvider} returns. */
export interface SessionAuthProvider extends AuthProvider {
  renew(): Promise<void>;
  close(): void;
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

/** The part of `vscode` that is used here; `vscode` itself is one. */
export type EditorApi = Pick<typeof vscode, 'authentication' | 'commands'>;

/** Nobody is signed in, or has agreed that this extension uses their account; nobody was asked. */
export class NoSessionError extends Error {
  override readonly name = 'NoSessionError';
}

/**
 * The person's session as a provider. Close it when the extension is deactivated. Its `getAccessToken`
 * rejects with VS Code's own error when the person says no, with a {@link NoSessionError} where it
 * may not ask, and with an `Error` once it is closed.
 */
export function createAuthProvider(
  api: EditorApi,
  scopes: readonly SpotifyScope[],
  options: SessionOptions = {},
): SessionAuthProvider {
  return new SessionProvider(api, scopes, options);
}

/** A session lasts a minute when VS Code answers. Half of it is remembered, half left to its user. */
const HALF_A_MINUTE_MS = 30_000;

class SessionProvider implements SessionAuthProvider {
  readonly #api: EditorApi;
  readonly #scopes: readonly string[];
  readonly #options: SessionOptions;
  readonly #providerId: string;
  readonly #listener: vscode.Disposable;
  #known: { readonly accessToken: string; readonly isFresh: () => boolean } | undefined;
  #sessionId: string | undefined;
  #asking: Promise<string> | undefined;
  #renewing: Promise<void> | undefined;
  #changes = 0;
  #isClosed = false;

  constructor(api: EditorApi, scopes: readonly string[], options: SessionOptions) {
    this.#api = api;
    this.#scopes = [...scopes];
    this.#options = options;
    this.#providerId = options.providerId ?? 'spotify';
    // At once: listening activates nothing, and so no answer comes before the change that ends it.
    this.#listener = api.authentication.onDidChangeSessions(({ provider }) => {
      if (provider.id === this.#providerId) this.#forget();
    });
  }

  async getAccessToken(): Promise<string> {
    this.#checkOpen();
    if (this.#known?.isFresh()) return this.#known.accessToken;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** The token there is, without anybody being asked for it. */
  async existing(): Promise<string | undefined> {
    if (this.#isClosed) return undefined;
    if (this.#known?.isFresh()) return this.#known.accessToken;
    return (await this.#session(false))?.accessToken;
  }

  async renew(): Promise<void> {
    if (this.#sessionId === undefined) return;
    this.#renewing ??= this.#refresh(this.#sessionId).finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  close(): void {
    this.#isClosed = true;
    this.#sessionId = undefined;
    this.#forget();
    this.#listener.dispose();
  }

  /** An answer that a change has overtaken may be out of date: one more is asked for. */
  async #ask(): Promise<string> {
    for (let isRepeated = false; ; isRepeated = true) {
      const changes = this.#changes;
      const isFresh = lasting(HALF_A_MINUTE_MS);
      const session = await this.#session(this.#options.ask ?? true);
      this.#checkOpen();
      const isOvertaken = changes !== this.#changes;
      if (isOvertaken && !isRepeated) continue;
      if (!session) throw new NoSessionError('No Spotify account may be used without asking.');
      this.#sessionId = session.id;
      if (!isOvertaken) this.#known = { accessToken: session.accessToken, isFresh };
      return session.accessToken;
    }
  }

  async #session(ask: NonNullable<SessionOptions['ask']>) {
    const { account } = this.#options;
    return this.#api.authentication.getSession(this.#providerId, this.#scopes, {
      ...(ask === false ? { silent: true } : { createIfNone: ask }),
      ...(account && { account }),
    });
  }

  async #refresh(sessionId: string): Promise<void> {
    const command = 'spotify-authentication.refreshAccessToken';
    await this.#api.commands.executeCommand(command, sessionId);
    this.#forget();
  }

  #forget(): void {
    this.#changes++;
    this.#known = undefined;
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new Error('The AuthProvider is closed.');
  }
}

/** Tells whether less than `ms` have passed, also when a clock is set back or stops in sleep. */
function lasting(ms: number): () => boolean {
  const [wall, steady] = [Date.now(), performance.now()];
  return () => {
    const passed = Date.now() - wall;
    return passed >= 0 && Math.max(passed, performance.now() - steady) < ms;
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
 * seconds at most. It rejects as `fetch` does, and as the provider's `getAccessToken`.
 * @param options `fetch` makes the requests; `globalThis.fetch` unless given.
 */
export function createFetch(
  provider: AuthProvider,
  options: { readonly fetch?: typeof globalThis.fetch | undefined } = {},
): typeof globalThis.fetch {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const base = options.fetch ?? globalThis.fetch;
    if (!isWebApi(input instanceof Request ? input.url : String(input))) return base(input, init);
    const call = new Call(provider, base);
    let request = new Request(input, init);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await call.answerTo(request);
      const next = redirected(request, response);
      if (!next) return response;
      await discard(response);
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

/** The requests that one call of a {@link createFetch} comes to. */
class Call {
  readonly #provider: AuthProvider;
  readonly #fetch: typeof globalThis.fetch;
  #mayRenew = true;
  #waitMs = LONGEST_WAIT_MS;

  constructor(provider: AuthProvider, fetch: typeof globalThis.fetch) {
    this.#provider = provider;
    this.#fetch = fetch;
  }

  async answerTo(request: Request): Promise<Response> {
    for (;;) {
      request.signal.throwIfAborted();
      const token = await unlessAborted(this.#provider.getAccessToken(), request.signal);
      const response = await this.#send(request, token);
      if (!(await this.#mayAskAgain(response, request.signal))) return response;
      await discard(response);
    }
  }

  /** Follows no redirect: Electron, which may stand behind `fetch`, takes the token along. */
  async #send(request: Request, token: string): Promise<Response> {
    const { redirect } = request;
    const fetch = this.#fetch;
    const signed = new Request(request.clone(), {
      redirect: redirect === 'follow' ? 'manual' : redirect,
    });
    signed.headers.set('Authorization', `Bearer ${token}`);
    const response = await fetch(signed);
    // Only browsers hide where it leads, and they leave the token behind.
    if (response.type !== 'opaqueredirect' || redirect !== 'follow') return response;
    return fetch(new Request(request.clone(), { headers: signed.headers }));
  }

  async #mayAskAgain({ status, headers }: Response, signal: AbortSignal): Promise<boolean> {
    if (status === 401 && this.#mayRenew && this.#provider.renew) {
      this.#mayRenew = false;
      const renewal = this.#provider.renew().then(
        () => true,
        () => false,
      );
      return unlessAborted(renewal, signal);
    }
    const waitMs = status === 429 ? Math.max(retryAfterMs(headers), SHORTEST_WAIT_MS) : Infinity;
    if (!(waitMs <= this.#waitMs)) return false;
    this.#waitMs -= waitMs;
    await delay(waitMs, signal);
    return true;
  }
}

/** The request that a redirect asks for, or undefined where there is none to follow. */
function redirected(request: Request, { status, headers }: Response): Request | undefined {
  const location = headers.get('Location');
  const isRedirect = [301, 302, 303, 307, 308].includes(status) && location !== null;
  if (!isRedirect || request.redirect !== 'follow') return undefined;
  const { method, signal } = request;
  const isGetNext = (status === 303 && method !== 'HEAD') || (status < 303 && method === 'POST');
  const url = new URL(location, request.url);
  const next = new Request(url, isGetNext ? { headers: request.headers, signal } : request);
  if (isGetNext) for (const name of OF_BODIES) next.headers.delete(name);
  if (!isWebApi(next.url)) for (const name of OF_THE_PERSON) next.headers.delete(name);
  return next;
}

const OF_BODIES = ['Content-Encoding', 'Content-Language', 'Content-Location', 'Content-Type'];
const OF_THE_PERSON = ['Authorization', 'Cookie', 'Proxy-Authorization'];

/** Milliseconds; infinite where the header is missing or not readable. */
function retryAfterMs(headers: Headers): number {
  const value = headers.get('Retry-After') ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Both dates are the server's, whose clock need not be ours.
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  return value.endsWith('GMT') ? Date.parse(value) - now : Infinity;
}

async function delay(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await unlessAborted(passed, signal).finally(() => clearTimeout(timer));
}

/** What `promise` brings, or, as soon as `signal` aborts, a rejection with its reason. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    const settled = promise.then(resolve, reject);
    void settled.finally(() => signal.removeEventListener('abort', stop));
  });
}

/** An answer whose body nobody reads holds its connection. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

/** As `AccessToken` of @spotify/web-api-ts-sdk. */
export interface SdkAccessToken {
  access_token: string;
  token_type: string;
  /** Seconds that it lasts at least; it may last an hour. */
  expires_in: number;
  /** Always empty: a refresh token is given to nobody. */
  refresh_token: string;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** As `IAuthStrategy` of @spotify/web-api-ts-sdk. */
export interface SdkAuthStrategy {
  setConfiguration(configuration: unknown): void;
  getOrCreateAccessToken(): Promise<SdkAccessToken>;
  getAccessToken(): Promise<SdkAccessToken | null>;
  removeAccessToken(): void;
}

/**
 * A strategy for `new SpotifyApi(strategy)` of @spotify/web-api-ts-sdk 1.2. The provider is asked
 * before each request, so nothing expires in the SDK. Its `getAccessToken` asks nobody to sign in;
 * its `logOut` signs nobody out, since that is the person's to do, in the Accounts menu.
 */
export function createAuthStrategy(provider: AuthProvider): SdkAuthStrategy {
  let isInUse = false;
  return {
    setConfiguration: () => undefined,
    async getOrCreateAccessToken() {
      const token = sdkToken(await provider.getAccessToken());
      isInUse = true;
      return token;
    },
    async getAccessToken() {
      if (provider instanceof SessionProvider) {
        const token = await provider.existing();
        return token === undefined ? null : sdkToken(token);
      }
      return isInUse ? sdkToken(await provider.getAccessToken()) : null;
    },
    removeAccessToken: () => {
      isInUse = false;
    },
  };
}

function sdkToken(accessToken: string): SdkAccessToken {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: HALF_A_MINUTE_MS / 1000,
    refresh_token: '',
    expires: Date.now() + HALF_A_MINUTE_MS,
  };
}
