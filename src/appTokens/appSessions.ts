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
import { showEnvironmentSecretRefused } from './appTokenNotices.ts';
import type { AppTokenSource } from './appTokenSource.ts';
import type { App, ClientSecrets } from './clientSecrets.ts';
import { RefusedSecrets } from './refusedSecrets.ts';

/** The objects that {@link AppSessions} uses. */
export interface AppSessionsOptions {
  readonly secrets: ClientSecrets;
  readonly tokens: AppTokenSource;
  readonly setUp: ClientIdSetUp;
  readonly log: ShownLog;
}

/** The session of the configured app. It exists as long as the app's client secret is known. */
export class AppSessions {
  readonly signIn: AppSignIn;
  readonly #options: AppSessionsOptions;
  readonly #refused = new RefusedSecrets();

  constructor(options: AppSessionsOptions) {
    this.#options = options;
    this.signIn = new AppSignIn({ ...options, refused: this.#refused });
  }

  /**
   * Returns the configured app; undefined if its client secret is not known. Rejects if
   * SecretStorage fails.
   */
  current(): Promise<App | undefined> {
    return this.#options.secrets.current();
  }

  /**
   * Returns an access token for the app. If Spotify refuses the app's client secret, warns the user and
   * returns undefined. The warning comes once per window, and not about a secret that the user chose to
   * keep. Rejects with a `SpotifyAuthError`, within ten seconds, if Spotify cannot be reached.
   * @param isRequestedByUser True if the user waits for the token. The user is then warned in any case.
   */
  async token(app: App, isRequestedByUser = false): Promise<TokenInfo | undefined> {
    try {
      const token = await this.#options.tokens.get(app);
      this.#refused.delete(app.clientSecret);
      return token;
    } catch (error) {
      if (!isInvalidClient(error)) throw error;
      const isKnown = app.isKeptDespiteRefusal || this.#refused.has(app.clientSecret);
      if (isRequestedByUser || !isKnown) this.#warnOfRefusal(app);
      return undefined;
    }
  }

  /**
   * Returns an access token as {@link token} does, for a call from VS Code. VS Code shows the message
   * of the error with which this rejects, so the message says what the user can do.
   */
  async tokenForProvider(app: App): Promise<TokenInfo | undefined> {
    try {
      return await this.token(app);
    } catch (error) {
      const { log } = this.#options;
      if (!isTransient(error)) log.error(`There is no app token. ${describeError(error)}`);
      const other = isTransient(error) ? tokenFailures.noAppToken : appNotices.none;
      throw refreshFailure(error, other);
    }
  }

  /**
   * Replaces the token of the session with this id, unless the token is less than a minute old. Does
   * nothing for an unknown id. Rejects with a `SpotifyAuthError` if Spotify cannot be reached.
   */
  async renew(sessionId: unknown): Promise<void> {
    const app = await this.current();
    if (!app || app.sessionId !== sessionId) return;
    this.#options.tokens.invalidate(app);
    await this.token(app);
  }

  /**
   * Deletes the client secret of the session with this id. Does nothing for an unknown id.
   * @throws vscode.CancellationError if the secret is in the environment, which cannot be changed
   * here. The user is told, because not every version of VS Code shows why a sign-out failed.
   */
  async remove(sessionId: string): Promise<void> {
    const app = await this.current();
    if (app?.sessionId !== sessionId) return;
    const { secrets, log } = this.#options;
    if (app.isFromEnvironment) {
      void showMessage('warning', appNotices.ofEnvironment(), {}, log);
      throw new vscode.CancellationError();
    }
    this.#options.tokens.discard(app);
    await secrets.delete(app.clientId);
  }

  #warnOfRefusal(app: App): void {
    const { log } = this.#options;
    const message = this.#refused.add(app.clientSecret);
    if (app.isFromEnvironment) {
      showEnvironmentSecretRefused(log);
      return;
    }
    log.warn('Spotify refuses the client secret.');
    this.#askAboutRefusal(app, message).catch((error: unknown) => log.error(describeError(error)));
  }

  /**
   * Asks the user about the refused secret. Then deletes the secret, unless the user keeps it now or kept
   * it earlier, or the secret or the message has been replaced.
   */
  async #askAboutRefusal(app: App, message: number): Promise<void> {
    const { secrets, log } = this.#options;
    const { clientId, clientSecret, isKeptDespiteRefusal: isKept } = app;
    const question = isKept ? appNotices.stillRefused(clientId) : appNotices.refused(clientId);
    const enterAnother = () => this.signIn.runUnlessMended(clientId);
    const chosen = await showMessage('warning', question, { enterAnother }, log);
    if (chosen === 'notShown') return;
    const current = await secrets.get(clientId);
    // VS Code closes a message when it shows another with the same text. Only the latest message counts.
    if (!this.#refused.isLatestMessage(clientSecret, message)) return;
    // Meanwhile the secret may have been replaced or kept, also in another window.
    if (current?.clientSecret !== clientSecret || current.isKeptDespiteRefusal) return;
    if (chosen === 'keep') await secrets.store(clientId, clientSecret, true);
    else await secrets.delete(clientId);
  }
}
