import * as vscode from 'vscode';
import { normalizeScopes } from '../auth/scopes.ts';
import { SECTION } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import type { AppSessions } from './appSessions.ts';
import type { App, ClientSecrets } from './clientSecrets.ts';

/** An extension has asked for scopes, which an app's own tokens do not have. */
export class AppScopesError extends Error {
  override readonly name = 'AppScopesError';
}

/**
 * The tokens of the configured app itself, good for the catalogue and nothing of a user's. There is
 * one session at most: the app's, as long as its client secret is known.
 */
export class AppAuthenticationProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly #sessions: AppSessions;
  readonly #secrets: ClientSecrets;
  readonly #log: Log;
  readonly #emitter =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #listener: vscode.Disposable;
  /** What VS Code knows of; undefined before it has asked. */
  #told: { readonly app: App | undefined } | undefined;

  readonly onDidChangeSessions = this.#emitter.event;

  constructor(sessions: AppSessions, secrets: ClientSecrets, log: Log) {
    this.#sessions = sessions;
    this.#secrets = secrets;
    this.#log = log;
    secrets.watch(() => void this.#update());
    this.#listener = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SECTION}.clientId`)) void this.#update();
    });
  }

  /** Without scopes offline, for VS Code's Accounts menu. @throws AppScopesError */
  async getSessions(
    scopes: readonly string[] | undefined,
    options: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    if (!scopes) return this.#list();
    refuseScopes(scopes);
    const app = await this.#secrets.current();
    if (!app || (options.account && options.account.id !== accountOf(app).id)) return [];
    const token = await this.#sessions.tokenForProvider(app);
    return token ? [asSession(app, scopes, token.accessToken)] : [];
  }

  /** @throws AppScopesError, vscode.CancellationError */
  async createSession(scopes: readonly string[]): Promise<vscode.AuthenticationSession> {
    refuseScopes(scopes);
    const { app, token } = await this.#sessions.signIn.forProvider();
    return asSession(app, scopes, token.accessToken);
  }

  /** @throws vscode.CancellationError where the secret cannot be forgotten here. */
  async removeSession(id: string): Promise<void> {
    await this.#sessions.remove(id);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#emitter.dispose();
  }

  async #list(): Promise<vscode.AuthenticationSession[]> {
    try {
      const app = await this.#secrets.current();
      this.#told ??= { app };
      return app ? [asSession(app)] : [];
    } catch (error) {
      // VS Code would call the provider unavailable.
      this.#log.error(`The client secret cannot be read. ${describeError(error)}`);
      return [];
    }
  }

  async #update(): Promise<void> {
    const now = await this.#secrets.current().catch(() => this.#told?.app);
    const before = this.#told?.app;
    this.#told = { app: now };
    const isSame = before?.sessionId === now?.sessionId;
    if (isSame && before?.clientSecret === now?.clientSecret) return;
    this.#emitter.fire({
      // VS Code takes a request for no scopes for one with an empty scope; a refused secret meets none.
      added: now && !isSame ? [asSession(now), ...(now.isKept ? [] : [asSession(now, [''])])] : [],
      changed: now && isSame ? [asSession(now)] : [],
      removed: before && !isSame ? [asSession(before)] : [],
    });
  }
}

function refuseScopes(scopes: readonly string[]): void {
  if (normalizeScopes(scopes).length === 0) return;
  throw new AppScopesError('Tokens of an app have no scopes: ask “spotify-app” for [].');
}

/** Exactly the four properties: VS Code copies every other one to the extension that asks. */
function asSession(
  app: App,
  scopes: readonly string[] = [],
  accessToken = '',
): vscode.AuthenticationSession {
  return { id: app.sessionId, accessToken, account: accountOf(app), scopes: [...scopes] };
}

/**
 * VS Code keys trust by the label, so it is the same in every language. Extensions see both, also
 * those without consent: neither is the whole client ID.
 */
function accountOf({ clientId }: App): vscode.AuthenticationSessionAccountInformation {
  const id = clientId.slice(0, 8);
  return { id, label: `${id}…` };
}
