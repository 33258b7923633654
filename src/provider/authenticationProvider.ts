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

/** What VS Code's calls are mapped onto. */
export interface ProviderDependencies {
  readonly store: SessionStore;
  readonly refresher: SessionRefresher;
  readonly signIn: Pick<SignInRequests, 'forProvider'>;
  readonly notices: SessionNotices;
  readonly log: Log;
}

/**
 * VS Code asks, one call at a time and without checking the answers against scopes or account.
 * Nothing here may wait for `vscode.authentication.getSession('spotify')`: it would wait for itself.
 */
export class SpotifyAuthenticationProvider
  implements vscode.AuthenticationProvider, vscode.Disposable
{
  readonly #with: ProviderDependencies;
  readonly #emitter =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #watching: { dispose(): void };
  readonly #pending = new PendingScopeLists();
  #timesListed = 0;

  readonly onDidChangeSessions = this.#emitter.event;

  constructor(dependencies: ProviderDependencies) {
    this.#with = dependencies;
    this.#watching = dependencies.store.watch({ changed: (change) => this.#tell(change) });
  }

  /** How often VS Code has asked for every session; another provider in our place would be asked. */
  get timesListed(): number {
    return this.#timesListed;
  }

  /**
   * With scopes: per account, the narrowest session that covers them, its token fresh. Without:
   * every session, offline; VS Code lists its Accounts menu from that. Where Spotify can be reached
   * for one account and not for another, the other's session comes with its expired token: to
   * leave it out would make VS Code hand out the wrong account's. Rejects with a
   * `ClientIdMarkerError` for scopes that name a client ID in the wrong way.
   */
  async getSessions(
    scopes: readonly string[] | undefined,
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    if (!scopes) return this.#list();
    const matching = matchingSessions(await this.#with.store.all(), {
      ...parseScopeList(scopes),
      accountId: options.account?.id,
      preferredClientId: configuredClientId(),
    });
    const { refresher, notices } = this.#with;
    const tokens = await Promise.all(
      matching.map((candidates) => freshToken(candidates, refresher, notices)),
    );
    const sessions = tokens.filter((token) => token !== undefined);
    const failed = sessions.find(({ failure }) => failure !== undefined);
    if (failed && sessions.every(({ failure }) => failure !== undefined)) {
      throw refreshFailure(failed.failure, failed.session.client);
    }
    if (sessions.length === 0) this.#pending.add(scopes);
    return sessions.map(({ session, accessToken }) => asSession(session, scopes, accessToken));
  }

  async createSession(
    scopes: readonly string[],
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession> {
    const asked = { ...parseScopeList(scopes), account: options.account };
    const session = await this.#with.signIn.forProvider(asked);
    return asSession(session, scopes, session.token.accessToken);
  }

  /** An unknown id succeeds. */
  async removeSession(id: string): Promise<void> {
    const { store } = this.#with;
    const all = await store.all();
    await store.remove(id);
    const account = all.find((session) => session.id === id)?.account.id;
    const left = all.filter((session) => session.id !== id && session.account.id === account);
    // Nobody sees what is kept aside, so it goes with the last that can be seen.
    if (left.every(({ suspendedAt }) => suspendedAt !== undefined)) {
      for (const session of left) await store.remove(session.id);
    }
  }

  dispose(): void {
    this.#watching.dispose();
    this.#emitter.dispose();
  }

  async #list(): Promise<vscode.AuthenticationSession[]> {
    this.#timesListed++;
    const clientId = configuredClientId();
    try {
      return (await this.#with.store.list())
        .sort((a, b) => Number(a.client.id !== clientId) - Number(b.client.id !== clientId))
        .map(asListed);
    } catch (error) {
      // VS Code would call the provider unavailable.
      this.#with.log.error(`The stored sessions cannot be read. ${describeError(error)}`);
      return [];
    }
  }

  #tell({ added, changed, removed }: SessionChangeEvent): void {
    for (const { id } of removed) this.#with.refresher.forget(id);
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

/** Exactly the four properties: VS Code copies every other one to the extension that asks. */
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
