import * as vscode from 'vscode';
import { AuthorizationDeniedError, SpotifyAuthError } from './auth/errors.ts';
import { normalizeScopes } from './auth/scopes.ts';
import type { Log } from './log.ts';
import type { SessionRefresher } from './sessions/sessionRefresher.ts';
import type { SessionStore } from './sessions/sessionStore.ts';
import { covers, grantedScopes, type StoredSession } from './sessions/storedSession.ts';
import type { InteractiveSignIn } from './signIn/interactiveSignIn.ts';

/** What VS Code's calls are mapped onto. */
export interface ProviderRooms {
  readonly store: SessionStore;
  readonly refresher: SessionRefresher;
  readonly signIn: InteractiveSignIn;
  readonly log: Log;
}

/**
 * VS Code asks, one call at a time and without checking the answers against scopes or account.
 * Nothing here may wait for `vscode.authentication.getSession('spotify')`: it would wait for itself.
 */
export class SpotifyAuthenticationProvider
  implements vscode.AuthenticationProvider, vscode.Disposable
{
  readonly #rooms: ProviderRooms;
  readonly #emitter =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #listener: { dispose(): void };

  readonly onDidChangeSessions = this.#emitter.event;

  constructor(rooms: ProviderRooms) {
    this.#rooms = rooms;
    this.#listener = rooms.store.onDidChange(({ added, changed, removed }) => {
      const listed = (sessions: readonly StoredSession[]) => sessions.map((s) => asListed(s));
      this.#emitter.fire({
        added: listed(added),
        changed: listed(changed),
        removed: listed(removed),
      });
    });
  }

  /**
   * With scopes: per account, the narrowest session that covers them, its token fresh. Without:
   * every session, offline; VS Code lists its Accounts menu from that.
   */
  async getSessions(
    scopes: readonly string[] | undefined,
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    const stored = await this.#rooms.store.list();
    if (!scopes) return stored.map((session) => asListed(session));
    const matching = stored
      .filter((session) => covers(session, normalizeScopes(scopes)))
      .filter(({ account }) => !options.account || account.id === options.account.id)
      .sort((a, b) => grantedScopes(a).length - grantedScopes(b).length);
    const perAccount = new Map(matching.reverse().map((s) => [s.account.id, s] as const));
    const answers = await Promise.all([...perAccount.values()].map((s) => this.#fresh(s, scopes)));
    return answers.filter((session) => session !== undefined);
  }

  async createSession(scopes: readonly string[]): Promise<vscode.AuthenticationSession> {
    try {
      const session = await this.#rooms.signIn.run(scopes);
      return asSession(session, scopes, session.token.accessToken);
    } catch (error) {
      // The person was told already, and VS Code shows nothing of a cancellation.
      throw error instanceof AuthorizationDeniedError ? new vscode.CancellationError() : error;
    }
  }

  /** An unknown id succeeds. */
  async removeSession(id: string): Promise<void> {
    this.#rooms.refresher.forget(id);
    await this.#rooms.store.remove(id);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#emitter.dispose();
  }

  /** Undefined where only a new consent would bring a token. */
  async #fresh(
    session: StoredSession,
    scopes: readonly string[],
  ): Promise<vscode.AuthenticationSession | undefined> {
    const { refresher, log } = this.#rooms;
    try {
      const accessToken = await refresher.getAccessToken(session.id, session.clientId);
      return asSession(session, scopes, accessToken);
    } catch (error) {
      if (!(error instanceof SpotifyAuthError) || !error.requiresSignIn) throw error;
      log.warn(`A session cannot be refreshed any more: ${error.message}`);
      return undefined;
    }
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
  return asSession(session, session.scopes, session.token.accessToken);
}
