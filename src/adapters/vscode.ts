/**
 * The entry `@spotify-sdk/js/vscode`: a session of VS Code 1.105 or later, for other extensions.
 * `examples/spotify.ts` is the same in one file, to copy. It works in web extensions, too.
 */
import { unlessAborted } from '../auth/abortable.ts';
import type { SpotifyScope } from '../auth/spotifyScopes.ts';
import type { AuthProvider } from './fetch.ts';
import { TokenCache } from './tokenCache.ts';

export { SPOTIFY_SCOPES, type SpotifyScope } from '../auth/spotifyScopes.ts';
export * from './fetch.ts';

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
