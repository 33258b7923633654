/* eslint-disable */
/**
 * Spotify's Web API with a session of VS Code 1.105 or later, for your extension: copy this file, or import
 * the same from `@spotify-sdk/js/vscode`. It imports nothing, and works in web extensions, too.
 * From https://github.com/spotify-sdk/vscode-spotify-authentication, MIT license.
 * Written by scripts/copyableFile.ts: change src/adapters instead.
 *
 * ```ts
 * const session = createAuthProvider(vscode, ['user-top-read']);
 * const response = await createFetch(session)('https://api.spotify.com/v1/me/top/tracks');
 * ```
 */

/** Whether VS Code asks the user for a missing session or permission. */
export type Ask =
  | boolean
  | {
      /** A sentence of yours in VS Code's dialog. */
      readonly detail?: string;
    };

/** How VS Code asks the user in one call, though it may have a session already. */
export interface AskAgain {
  /** A sentence of yours in VS Code's dialog. */
  readonly detail?: string;
  /** Forgets which account your extension uses: the user chooses one again, or signs in to another one. */
  readonly clearSessionPreference?: boolean;
  /** The user signs in again. The session of the same account and scopes stays, with another token. */
  readonly forceNewSession?: boolean;
}

/** Options of {@link createAuthProvider}. */
export interface SessionOptions {
  /** What calls do that do not say it: by default they ask. */
  readonly ask?: Ask | undefined;
  /** The only account to use. By default, VS Code decides, or asks the user. */
  readonly account?: Account | undefined;
  /** The provider, `spotify` by default. `spotify-app` has the app's own tokens, without user and scopes. */
  readonly providerId?: 'spotify' | 'spotify-app' | undefined;
}

/** An account, as `vscode.authentication.getAccounts('spotify')` returns it. */
export interface Account {
  /** Never changes. */
  readonly id: string;
  /** The name that VS Code shows. */
  readonly label: string;
}

/** Options of {@link SessionProvider.getAccessToken}. */
export interface TokenOptions {
  /** Replaces the option of the provider for this call. */
  readonly ask?: Ask | AskAgain | undefined;
  /** An abort ends this call only: it rejects with the signal's reason. A dialog stays open. */
  readonly signal?: AbortSignal | undefined;
}

/** The user's session, both for code that asks the user and for code that must not. */
export interface SessionProvider extends Required<AuthProvider> {
  /**
   * Returns an access token that is valid now.
   * @throws {@link NoSessionError} if there is no session to use.
   * @throws {@link NotInstalledError} without the extension Spotify Authentication.
   * @throws VS Code's error if Spotify cannot be reached.
   */
  getAccessToken(options?: TokenOptions): Promise<string>;
  /** Whether there is a session to use. Does not ask the user. Rejects if VS Code cannot tell. */
  isSignedIn(): Promise<boolean>;
  /** Calls `listener` after sign-ins, sign-outs, refreshes and changes of permission, until closed. */
  readonly onDidChange: (listener: () => unknown) => { dispose(): void };
  /** Ends all listeners. Later calls reject. */
  close(): void;
  /** The same as `close`, for `context.subscriptions`. */
  dispose(): void;
}

/** What is used of a session of VS Code. */
export interface EditorSession {
  /** Stays the same for as long as the session lasts. */
  readonly id: string;
  /** Valid now. */
  readonly accessToken: string;
  /** The account that the session is of. */
  readonly account: Account;
}

/** What is used of the options of VS Code's `getSession`. */
export interface EditorOptions {
  /** VS Code must not ask the user. */
  readonly silent?: true;
  /** VS Code asks the user if there is no session. */
  readonly createIfNone?: Exclude<Ask, false>;
  /** VS Code asks the user in any case. */
  readonly forceNewSession?: Exclude<Ask, false>;
  /** VS Code forgets which account the extension uses. */
  readonly clearSessionPreference?: true;
  /** The only account to use. */
  readonly account?: Account;
}

/** What is used of the module `vscode`. With it, the types of this file need no others. */
export interface Editor {
  /** Where VS Code asks the user, and tells of changes. */
  readonly authentication: {
    getSession(
      providerId: string,
      scopes: readonly string[],
      options: EditorOptions,
    ): PromiseLike<EditorSession | undefined>;
    onDidChangeSessions(
      listener: (event: { readonly provider: { readonly id: string } }) => unknown,
    ): { dispose(): void };
  };
  /** Where Spotify Authentication has its commands: for a token that Spotify refuses, and to sign out. */
  readonly commands: { executeCommand(command: string, sessionId?: string): PromiseLike<unknown> };
}

/**
 * There is no session that your extension may use. The user was not asked, has declined or cancelled, or
 * has seen why the sign-in failed. So do not show it as an error.
 */
export class NoSessionError extends Error {
  /** The name of the class. */
  override readonly name = 'NoSessionError';
}

/** The extension Spotify Authentication is missing or disabled. VS Code waits for it for five seconds. */
export class NotInstalledError extends Error {
  /** The name of the class. */
  override readonly name = 'NotInstalledError';
}

/**
 * Returns the user's session. Push it to `context.subscriptions`.
 * @param vscode Your extension's own `vscode` module: VS Code shows its name to the user.
 */
export function createAuthProvider(
  { authentication, commands }: Editor,
  scopes: readonly SpotifyScope[],
  { ask: asks = true, account, providerId = 'spotify' }: SessionOptions = {},
): SessionProvider {
  const listeners: { dispose(): void }[] = [];
  let sessionId: string | undefined;
  let isClosed = false;
  const askEditor = async (ask: Ask | AskAgain): Promise<string> => {
    const options = { ...promptOf(ask), ...(account && { account }) };
    const found = await authentication
      .getSession(providerId, [...scopes], options)
      .then((session) => ofAccount(account, session), throwTyped);
    sessionId = found.id;
    return found.accessToken;
  };
  const tokens = new TokenCache<Ask>(askEditor);
  const session: SessionProvider = {
    async getAccessToken({ ask = asks, signal } = {}) {
      if (isClosed) throw new Error('The AuthProvider is closed.');
      signal?.throwIfAborted();
      const token = isAgain(ask) ? askEditor(ask).finally(() => tokens.clear()) : tokens.get(ask);
      return signal ? unlessAborted(token, signal) : token;
    },
    isSignedIn: () => session.getAccessToken({ ask: false }).then(() => true, falseIfNoSession),
    async renew() {
      const command = 'spotify-authentication.refreshAccessToken';
      if (sessionId !== undefined && !isClosed) await commands.executeCommand(command, sessionId);
      tokens.clear();
    },
    onDidChange(listener) {
      const added = authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === providerId) listener();
      });
      listeners.push(added);
      return added;
    },
    close() {
      isClosed = true;
      tokens.clear();
      for (const listener of listeners) listener.dispose();
    },
    dispose: () => session.close(),
  };
  // It comes first: other listeners that request a token must not get the cached one.
  session.onDidChange(() => tokens.clear());
  return session;
}

function promptOf(ask: Ask | AskAgain): EditorOptions {
  if (typeof ask === 'boolean') return ask ? { createIfNone: true } : { silent: true };
  const { clearSessionPreference, forceNewSession, ...dialog }: AskAgain = ask;
  return {
    // VS Code refuses both at once.
    ...(forceNewSession ? { forceNewSession: dialog } : { createIfNone: dialog }),
    ...(clearSessionPreference && { clearSessionPreference }),
  };
}

/** @throws NoSessionError if there is no session, or one of another account: Theia ignores the account. */
function ofAccount(account: Account | undefined, session: EditorSession | undefined) {
  if (session && (!account || session.account.id === account.id)) return session;
  throw new NoSessionError('There is no Spotify session for this extension.');
}

/** Whether no cached token answers the call. It also changes what later calls get. */
function isAgain(ask: Ask | AskAgain): ask is AskAgain {
  const { clearSessionPreference, forceNewSession }: AskAgain = typeof ask === 'object' ? ask : {};
  return [clearSessionPreference, forceNewSession].includes(true);
}

/** Throws the class of error for what VS Code throws, sometimes as a string. */
function throwTyped(error: unknown): never {
  // In some test runners VS Code's errors are not instances of this realm's `Error`.
  const message = (error as Partial<Error> | null | undefined)?.message ?? String(error);
  if (/^Timed out waiting for (?:the )?authentication provider/.test(message)) {
    throw withCause(
      new NotInstalledError('Install or enable the extension spotify-sdk.spotify-authentication.'),
      error,
    );
  }
  if (!/^(Canceled|User did not consent)/.test(message)) throw error;
  throw withCause(new NoSessionError(message), error);
}

/** Sets the cause as a property, because the usual template of a web extension has no type for it. */
const withCause = <T extends Error>(error: T, cause: unknown): T => Object.assign(error, { cause });

function falseIfNoSession(error: unknown): false {
  if (error instanceof NoSessionError || error instanceof NotInstalledError) return false;
  throw error;
}

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

/** https://developer.spotify.com/documentation/web-api/concepts/scopes, partner scopes left out. */
export const SPOTIFY_SCOPES = [
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
export type SpotifyScope = (typeof SPOTIFY_SCOPES)[number] | (string & {});

/** How long a token is cached: half the minute for which a token of a session is usually valid. */
const HALF_A_MINUTE_MS = 30_000;

/** The last tokens, by whether VS Code may ask: a call for which it may not does not wait for a dialog. */
class TokenCache<Ask> {
  readonly #request: (ask: Ask) => Promise<string>;
  readonly #last = new Map<boolean, { readonly token: Promise<string>; readonly at: number }>();

  constructor(request: (ask: Ask) => Promise<string>) {
    this.#request = request;
  }

  get(ask: Ask): Promise<string> {
    const mayAsk = Boolean(ask);
    const last = this.#last.get(mayAsk);
    const age = Date.now() - (last?.at ?? NaN);
    // The age is negative if the clock was set back.
    if (last && age >= 0 && age < HALF_A_MINUTE_MS) return last.token;
    const asked = { token: this.#request(ask), at: Date.now() };
    this.#last.set(mayAsk, asked);
    asked.token.catch(() => this.#last.get(mayAsk) === asked && this.#last.delete(mayAsk));
    return asked.token;
  }

  clear(): void {
    this.#last.clear();
  }
}

/** Settles as `promise` does, or rejects with the signal's reason as soon as the signal aborts. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
  });
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Resolves after `ms` milliseconds. Rejects with the signal's reason as soon as the signal aborts. */
function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
