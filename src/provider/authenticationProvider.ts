import * as vscode from 'vscode';
import { parseScopeList, PendingScopeLists, scopeListOf } from './scopeLists.ts';
import { configuredClientId } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { matchingSessions } from '../sessions/matchingSessions.ts';
import type { SessionChangeEvent } from '../sessions/sessionChangeEvent.ts';
import type { SessionRefresher } from '../sessions/sessionRefresher.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import type { SignInRequests } from '../signIn/signInRequests.ts';
import { refreshFailure } from '../messages/tokenFailures.ts';
import { freshToken } from './freshToken.ts';
import type { SessionNotices } from './sessionNotices.ts';

/** The objects that answer VS Code's calls. */
export interface ProviderDependencies {
  readonly store: SessionStore;
  readonly refresher: SessionRefresher;
  readonly signIn: Pick<SignInRequests, 'forProvider'>;
  readonly notices: SessionNotices;
  readonly log: Log;
}

/**
 * The provider of user sessions. VS Code calls it once at a time, and does not check that an answer
 * fits the scopes and the account. No method may wait for `vscode.authentication.getSession('spotify')`,
 * since that call would wait for this one.
 */
export class SpotifyAuthenticationProvider
  implements vscode.AuthenticationProvider, vscode.Disposable
{
  readonly #dependencies: ProviderDependencies;
  readonly #emitter =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #subscription: { dispose(): void };
  readonly #pending = new PendingScopeLists();
  #timesListed = 0;

  readonly onDidChangeSessions = this.#emitter.event;

  constructor(dependencies: ProviderDependencies) {
    this.#dependencies = dependencies;
    this.#subscription = dependencies.store.watch({ changed: (change) => this.#fire(change) });
  }

  /** How often VS Code has listed all sessions. It stays if VS Code asks a competing provider instead. */
  get timesListed(): number {
    return this.#timesListed;
  }

  /**
   * With scopes: for each account, the session with the fewest scopes that covers them, with a valid
   * token. If a refresh fails for one account only, its session comes with the expired token, since
   * without it VS Code would use another account. Without scopes: all sessions, without a request to
   * Spotify; VS Code lists them in its Accounts menu.
   * @throws ClientIdMarkerError for scopes that name a client ID in a wrong form; an Error with a text
   * for the user when no account has a valid token.
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
    const tokens = await Promise.all(
      matching.map((candidates) => freshToken(candidates, refresher, notices)),
    );
    const sessions = tokens.filter((token) => token !== undefined);
    const [first] = sessions;
    if (first && sessions.every(({ failure }) => failure !== undefined)) {
      throw refreshFailure(first.failure, first.session.client);
    }
    if (sessions.length === 0) this.#pending.add(scopes);
    return sessions.map(({ session, accessToken }) => asSession(session, scopes, accessToken));
  }

  /** @throws ClientIdMarkerError; otherwise vscode.CancellationError only. */
  async createSession(
    scopes: readonly string[],
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession> {
    const request = { ...parseScopeList(scopes), account: options.account };
    const session = await this.#dependencies.signIn.forProvider(request);
    return asSession(session, scopes, session.token.accessToken);
  }

  /** Signs a session out. Succeeds for an unknown id. */
  async removeSession(id: string): Promise<void> {
    const { store } = this.#dependencies;
    const all = await store.all();
    await store.remove(id);
    const account = all.find((session) => session.id === id)?.account.id;
    const left = all.filter((session) => session.id !== id && session.account.id === account);
    // The user does not see suspended sessions, so they go with the account's last visible session.
    if (left.every(({ suspendedAt }) => suspendedAt !== undefined)) {
      for (const session of left) await store.remove(session.id);
    }
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
        .map(asListed);
    } catch (error) {
      // After an error, VS Code would show the provider as unavailable.
      this.#dependencies.log.error(`The stored sessions cannot be read. ${describeError(error)}`);
      return [];
    }
  }

  #fire({ added, changed, removed }: SessionChangeEvent): void {
    for (const { id } of removed) this.#dependencies.refresher.forget(id);
    this.#emitter.fire({
      added: added.flatMap((session) => [
        asListed(session),
        ...this.#pending
          .take(session)
          .map((scopes) => asSession(session, scopes, session.token.accessToken)),
      ]),
      changed: changed.map(asListed),
      removed: removed.map(asListed),
    });
  }
}

/** Has these four properties only, since VS Code passes all properties to the extension. */
function asSession(
  { id, account }: StoredSession,
  scopes: readonly string[],
  accessToken: string,
): vscode.AuthenticationSession {
  return {
    id,
    accessToken,
    account: { id: account.id, label: account.label },
    scopes: [...scopes],
  };
}

function asListed(session: StoredSession): vscode.AuthenticationSession {
  return asSession(session, scopeListOf(session), session.token.accessToken);
}
