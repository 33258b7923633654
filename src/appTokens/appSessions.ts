import * as vscode from 'vscode';
import { isInvalidClient } from '../auth/errors.ts';
import { isTransient } from '../auth/transientErrors.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import { describeError } from '../common/describeError.ts';
import type { ShownLog } from '../common/log.ts';
import { appNotices } from '../messages/appTokens.ts';
import { refreshFailure, tokenFailures } from '../messages/tokenFailures.ts';
import type { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import { showMessage } from '../messages/showMessage.ts';
import { AppSignIn } from './appSignIn.ts';
import type { AppTokenSource } from './appTokenSource.ts';
import type { App, ClientSecrets } from './clientSecrets.ts';
import { RefusedSecrets } from './refusedSecrets.ts';

/** What {@link AppSessions} works with. */
export interface AppSessionsOptions {
  readonly secrets: ClientSecrets;
  readonly tokens: AppTokenSource;
  readonly setUp: ClientIdSetUp;
  readonly log: ShownLog;
}

/** The app's own session, which there is as long as its client secret is known. */
export class AppSessions {
  readonly signIn: AppSignIn;
  readonly #options: AppSessionsOptions;
  readonly #refused: RefusedSecrets;

  constructor(options: AppSessionsOptions) {
    this.#options = options;
    const enterAnother = (clientId: string) => this.signIn.again(clientId);
    this.#refused = new RefusedSecrets({ ...options, enterAnother });
    const token = (app: App, isAskedFor: boolean) => this.token(app, isAskedFor);
    this.signIn = new AppSignIn({ ...options, refused: this.#refused, token });
  }

  /** The configured app, where its secret is known. Rejects when SecretStorage refuses. */
  current(): Promise<App | undefined> {
    return this.#options.secrets.current();
  }

  /**
   * A token for the app; undefined where Spotify refuses its secret, which the person is told once.
   * Rejects within ten seconds, with a `SpotifyAuthError`, when Spotify cannot be reached.
   * @param isAskedFor The person waits for it, and is told in any case.
   */
  async token(app: App, isAskedFor = false): Promise<TokenInfo | undefined> {
    try {
      const token = await this.#options.tokens.get(app);
      this.#refused.accepted(app.clientSecret);
      return token;
    } catch (error) {
      if (!isInvalidClient(error)) throw error;
      this.#refused.tell(app, isAskedFor);
      return undefined;
    }
  }

  /** The same for a call of VS Code's, who shows the error: it says what the person can do. */
  async tokenForProvider(app: App): Promise<TokenInfo | undefined> {
    try {
      return await this.token(app);
    } catch (error) {
      const { log } = this.#options;
      if (!isTransient(error)) log.error(`There is no app token. ${describeError(error)}`);
      const other = isTransient(error) ? tokenFailures.noAppToken : appNotices.none;
      throw refreshFailure(error, undefined, other);
    }
  }

  /**
   * Another token for the session, unless its own is younger than a minute; an unknown id has none.
   * Rejects as {@link token}.
   */
  async renew(sessionId: unknown): Promise<void> {
    const app = await this.current();
    if (!app || app.sessionId !== sessionId) return;
    this.#options.tokens.invalidate(app);
    await this.token(app);
  }

  /**
   * Forgets the secret; an unknown id succeeds.
   * @throws vscode.CancellationError where the environment has it, which the person is told: not
   * every VS Code shows why a sign-out has failed.
   */
  async remove(sessionId: string): Promise<void> {
    const app = await this.current();
    if (app?.sessionId !== sessionId) return;
    const { secrets, log } = this.#options;
    if (app.isFromEnvironment) {
      void showMessage('warning', appNotices.ofEnvironment(), {}, log);
      throw new vscode.CancellationError();
    }
    this.#options.tokens.forget(app);
    await secrets.forget(app.clientId);
  }
}
