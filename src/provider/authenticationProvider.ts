import * as vscode from 'vscode';
import { isOffer, parseScopeList, PendingScopeLists, scopeListOf } from './scopeLists.ts';
import { configuredClientId } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import type { AccountHistory } from '../sessions/accountHistory.ts';
import { matchingSessions } from '../sessions/matchingSessions.ts';
import type { SessionChangeEvent } from '../sessions/sessionChangeEvent.ts';
import type { SessionRefresher } from '../sessions/sessionRefresher.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import { signOut } from '../sessions/signOut.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { consentsThatAnswer, RecentRequests } from '../signIn/recentRequests.ts';
import type { SignInRequests } from '../signIn/signInRequests.ts';
import { refreshFailure } from '../messages/tokenFailures.ts';
import { freshToken } from './freshToken.ts';
import type { SessionNotices } from './sessionNotices.ts';

/** The objects that the provider uses. */
export interface ProviderDependencies {
  readonly store: SessionStore;
  readonly history: AccountHistory;
  readonly refresher: SessionRefresher;
  readonly signIn: Pick<SignInRequests, 'forProvider'>;
  readonly notices: SessionNotices;
  readonly log: Log;
}

/**
 * The provider of user sessions. VS Code makes one call at a time, and does not check whether the
 * returned sessions fit the scopes and the account. No method may wait for
 * `vscode.authentication.getSession('spotify')`: that call begins only after the method has ended.
 */
export class SpotifyAuthenticationProvider
  implements vscode.AuthenticationProvider, vscode.Disposable
{
  readonly #dependencies: ProviderDependencies;
  readonly #emitter =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #subscription: { dispose(): void };
  readonly #pending = new PendingScopeLists();
  readonly #recent = new RecentRequests();
  #timesListed = 0;

  readonly onDidChangeSessions = this.#emitter.event;

  constructor(dependencies: ProviderDependencies) {
    this.#dependencies = dependencies;
    this.#subscription = dependencies.store.watch({ changed: (change) => this.#fire(change) });
  }

  /** How often VS Code has asked this provider for all sessions. */
  get timesListed(): number {
    return this.#timesListed;
  }

  /**
   * Without scopes, returns all sessions for VS Code's Accounts menu, without access tokens and without
   * a request to Spotify: only VS Code itself asks so, and an extension's request always has a list.
   * With scopes, returns one session with a valid token for each account that has a matching session.
   * If the refresh fails for some accounts only, their sessions are returned with expired tokens:
   * without them, VS Code would use another account.
   * @throws ClientIdMarkerError if the scopes name a client ID in a wrong form; an Error with a text
   * for the user if the refresh fails for all accounts.
   */
  async getSessions(
    scopes: readonly string[] | undefined,
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    if (!scopes) return this.#list();
    const matching = matchingSessions(await this.#dependencies.store.all(), {
      ...parseScopeList(scopes),
      accountId: options.account?.id,
      preferredClientId: configuredClientId(),
    });
    const { refresher, notices } = this.#dependencies;
    const found = await Promise.all(matching.map((group) => freshToken(group, refresher, notices)));
    const sessions = found.filter((token) => token !== undefined);
    const [first] = sessions;
    if (first && sessions.every(({ failure }) => failure !== undefined)) {
      throw refreshFailure(first.failure);
    }
    if (sessions.length === 0) this.#pending.add(scopes);
    this.#recent.add(scopes, options, sessions.length > 0);
    return sessions.map(({ session, accessToken }) => asSession(session, scopes, accessToken));
  }

  /**
   * Signs the user in. If `getSessions` had found no session for the request, and one that covers it has
   * come since, returns that one.
   * @throws ClientIdMarkerError; otherwise only vscode.CancellationError.
   */
  async createSession(
    scopes: readonly string[],
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession> {
    const wasAnswered = this.#recent.take(scopes, options);
    const signIn = this.#dependencies.signIn.forProvider({
      ...parseScopeList(scopes),
      account: options.account,
      isOffered: isOffer(scopes),
      consentedAfter: consentsThatAnswer(wasAnswered),
    });
    const session = await this.#recent.during(signIn);
    return asSession(session, scopes, session.token.accessToken);
  }

  /** Signs the user out of a session. */
  removeSession(id: string): Promise<void> {
    return signOut(id, this.#dependencies);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#emitter.dispose();
  }

  async #list(): Promise<vscode.AuthenticationSession[]> {
    this.#timesListed++;
    const clientId = configuredClientId();
    try {
      return (await this.#dependencies.store.list())
        .sort((a, b) => Number(a.client.id !== clientId) - Number(b.client.id !== clientId))
        .map((session) => asSession(session));
    } catch (error) {
      // After an error, VS Code would show the provider as unavailable.
      this.#dependencies.log.error(`The stored sessions cannot be read. ${describeError(error)}`);
      return [];
    }
  }

  #fire({ added, changed, removed }: SessionChangeEvent): void {
    for (const { id } of removed) this.#dependencies.refresher.forget(id);
    this.#emitter.fire({
      added: added.flatMap((one) => [
        asSession(one),
        ...this.#pending.take(one).map((list) => asSession(one, list)),
      ]),
      changed: changed.map((one) => asSession(one)),
      removed: removed.map((one) => asSession(one)),
    });
  }
}

/**
 * Makes a session object for VS Code, without other properties: extensions would receive them. In lists and
 * events the access token is empty, because VS Code compares their ids, accounts and scopes only.
 */
function asSession(
  session: StoredSession,
  list = scopeListOf(session),
  accessToken = '',
): vscode.AuthenticationSession {
  const { id, label } = session.account;
  return { id: session.id, accessToken, account: { id, label }, scopes: [...list] };
}
