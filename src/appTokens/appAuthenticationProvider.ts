import * as vscode from 'vscode';
import { normalizeScopes } from '../auth/scopes.ts';
import { SECTION } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { labelAt } from '../common/testServer.ts';
import { RecentRequests } from '../signIn/recentRequests.ts';
import type { AppSessions } from './appSessions.ts';
import type { App, ClientSecrets } from './clientSecrets.ts';

/** The error if an extension asks for an app token with scopes. App tokens have no scopes. */
class AppScopesError extends Error {
  override readonly name = 'AppScopesError';
}

/**
 * Provides the access tokens of the configured app. They give access to Spotify's catalogue, but not
 * to the data of any user. There is at most one session; it exists while the app's client secret is
 * known.
 */
export class AppAuthenticationProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly #sessions: AppSessions;
  readonly #secrets: ClientSecrets;
  readonly #log: Log;
  readonly #testServer: string | undefined;
  readonly #emitter =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #listener: vscode.Disposable;
  readonly #recent = new RecentRequests();
  /** The app whose session VS Code knows; undefined until VS Code has asked for the sessions. */
  #published: { readonly app: App | undefined } | undefined;

  readonly onDidChangeSessions = this.#emitter.event;

  /** @param testServer Origin of the test server in place of Spotify; undefined for Spotify. */
  constructor(
    sessions: AppSessions,
    secrets: ClientSecrets,
    log: Log,
    testServer: string | undefined,
  ) {
    this.#testServer = testServer;
    this.#sessions = sessions;
    this.#secrets = secrets;
    this.#log = log;
    secrets.watch(() => void this.#publishChange());
    this.#listener = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SECTION}.clientId`)) void this.#publishChange();
    });
  }

  /**
   * Returns the app's session in a list. If `scopes` is undefined, as in calls for VS Code's Accounts
   * menu, the session has no access token and Spotify is not asked. Otherwise, returns `[]` if the
   * client secret is not known, Spotify refuses it, or another account is requested.
   * @throws AppScopesError if the extension asks for scopes.
   * @throws Error with a message for the user if Spotify gives no token for another reason.
   */
  async getSessions(
    scopes: readonly string[] | undefined,
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    if (!scopes) return this.#list();
    refuseScopes(scopes);
    const session = await this.#current(scopes, options);
    this.#recent.add(scopes, options, session !== undefined);
    return session ? [session] : [];
  }

  /**
   * Creates the app's session. Asks the user for the client ID if none is configured, and for the
   * client secret if the environment has none. If `getSessions` had found no session, and there is one by
   * now, returns that one.
   * @throws AppScopesError if the extension asks for scopes.
   * @throws vscode.CancellationError if the sign-in fails or takes more than five minutes.
   */
  async createSession(
    scopes: readonly string[],
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession> {
    refuseScopes(scopes);
    if (this.#recent.take(scopes, options) === false) {
      const session = await this.#current(scopes, options).catch(() => undefined);
      if (session) return session;
    }
    const { app, token } = await this.#recent.during(this.#sessions.signIn.runForProvider());
    return this.#session(app, scopes, token.accessToken);
  }

  /**
   * Deletes the client secret.
   * @throws vscode.CancellationError if the client secret is in the environment.
   */
  async removeSession(id: string): Promise<void> {
    await this.#sessions.remove(id);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#emitter.dispose();
  }

  /** The app's session with a token; undefined if there is none, or if another account is requested. */
  async #current(
    scopes: readonly string[],
    { account }: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession | undefined> {
    const app = await this.#secrets.current();
    if (!app || (account && account.id !== idOf(app))) return undefined;
    const token = await this.#sessions.tokenForProvider(app);
    return token && this.#session(app, scopes, token.accessToken);
  }

  async #list(): Promise<vscode.AuthenticationSession[]> {
    try {
      const app = await this.#secrets.current();
      this.#published ??= { app };
      return app ? [this.#session(app)] : [];
    } catch (error) {
      // If this threw, VS Code would say that the provider is unavailable.
      this.#log.error(`The client secret cannot be read. ${describeError(error)}`);
      return [];
    }
  }

  /** Tells VS Code how the app's session differs from the session that VS Code knows. */
  async #publishChange(): Promise<void> {
    const now = await this.#secrets.current().catch(() => this.#published?.app);
    const before = this.#published?.app;
    this.#published = { app: now };
    const isSame = before?.sessionId === now?.sessionId;
    if (isSame && before?.clientSecret === now?.clientSecret) return;
    this.#emitter.fire({
      added: now && !isSame ? this.#added(now) : [],
      changed: now && isSame ? [this.#session(now)] : [],
      removed: before && !isSame ? [this.#session(before)] : [],
    });
  }

  /**
   * The sessions to announce to VS Code as added. VS Code stores a request without scopes under the
   * key `['']`. If VS Code is told of a session with the scopes `['']`, it removes that request from
   * the Accounts menu. The session with `['']` is left out if Spotify refused the client secret and
   * the user kept it, so that the request stays.
   */
  #added(app: App): vscode.AuthenticationSession[] {
    const session = this.#session(app);
    return app.isKeptDespiteRefusal ? [session] : [session, this.#session(app, [''])];
  }

  /**
   * Makes the session for VS Code. It has only these four properties, because VS Code would copy any
   * other property to the extension that asks. Its account stands for the app. VS Code remembers by
   * the label which extensions may use it, so the label is not translated. Extensions can read id and
   * label without the user's consent, so these contain only the start of the client ID.
   */
  #session(
    app: App,
    scopes: readonly string[] = [],
    accessToken = '',
  ): vscode.AuthenticationSession {
    const account = { id: idOf(app), label: labelAt(this.#testServer, `${idOf(app)}…`) };
    return { id: app.sessionId, accessToken, account, scopes: [...scopes] };
  }
}

function refuseScopes(scopes: readonly string[]): void {
  if (normalizeScopes(scopes).length === 0) return;
  throw new AppScopesError('App tokens have no scopes. Ask “spotify-app” for a session with [].');
}

/** The id of the account that stands for the app. */
const idOf = ({ clientId }: App): string => clientId.slice(0, 8);
