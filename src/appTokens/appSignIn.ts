import * as vscode from 'vscode';
import { isInvalidClient } from '../auth/errors.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import { configuredClientId } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { ShownLog } from '../common/log.ts';
import { SIGN_IN_CALL_TIMEOUT_MS, within } from '../common/timeLimits.ts';
import { appNotices, askingForAppToken } from '../messages/appTokens.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import { NotStoredError } from '../signIn/errors.ts';
import { showAppTokenFailure, showEnvironmentSecretRefused } from './appTokenNotices.ts';
import type { AppTokenSource } from './appTokenSource.ts';
import type { App, ClientSecrets } from './clientSecrets.ts';
import type { RefusedSecrets } from './refusedSecrets.ts';
import { askAboutEnteredSecret, askForSecret } from './secretQuestion.ts';

/** The objects that an {@link AppSignIn} uses. */
export interface AppSignInOptions {
  readonly secrets: ClientSecrets;
  readonly tokens: AppTokenSource;
  readonly setUp: ClientIdSetUp;
  readonly refused: RefusedSecrets;
  readonly log: ShownLog;
}

/** An app and its access token. */
export interface AppSession {
  readonly app: App;
  readonly token: TokenInfo;
}

/** Creates the session of an app: asks the user for the client secret, and Spotify for a token. */
export class AppSignIn {
  readonly #options: AppSignInOptions;
  /** The running sign-ins by client ID. The key is `''` if no client ID is configured. */
  readonly #running = new Map<string, Promise<AppSession>>();

  constructor(options: AppSignInOptions) {
    this.#options = options;
  }

  /**
   * Creates the app's session. Asks the user for the client ID if none is configured, and for the
   * client secret if the environment has none; then asks Spotify for a token. Calls for the same client
   * ID share one sign-in. The user is told of every failure.
   * @throws vscode.CancellationError for every failure.
   */
  run(clientId = configuredClientId()): Promise<AppSession> {
    const key = clientId ?? '';
    let running = this.#running.get(key);
    if (!running) {
      running = this.#createOrReport(clientId).finally(() => this.#running.delete(key));
      this.#running.set(key, running);
    }
    return running;
  }

  /**
   * Creates the app's session as {@link run} does, and tells the user of success, too. Never rejects.
   */
  runAndNotify(clientId?: string): Promise<void> {
    return this.#notifyWhenDone(this.run(clientId));
  }

  /**
   * Does what {@link runAndNotify} does, for the button of a message. If the app's client secret works by
   * now, only tells the user so.
   */
  async runUnlessMended(clientId?: string): Promise<void> {
    const { secrets, tokens, refused, log } = this.#options;
    const app = clientId === undefined ? undefined : await secrets.get(clientId);
    const token = app && (await tokens.get(app).catch(() => undefined));
    if (!token) return this.runAndNotify(clientId);
    refused.delete(app.clientSecret);
    void showMessage('information', appNotices.late(), {}, log);
  }

  /**
   * Creates the app's session as {@link run} does, for a call that VS Code waits for. After five
   * minutes this rejects with a `vscode.CancellationError`, but the sign-in goes on: the user can still
   * enter the client secret, and is told of success.
   */
  runForProvider(): Promise<AppSession> {
    const running = this.run();
    const giveUp = () => {
      void this.#notifyWhenDone(running);
      return new vscode.CancellationError();
    };
    return within(SIGN_IN_CALL_TIMEOUT_MS, giveUp, running);
  }

  async #notifyWhenDone(running: Promise<AppSession>): Promise<void> {
    const isDone = await running.then(
      () => true,
      () => false,
    );
    if (isDone) void showMessage('information', appNotices.late(), {}, this.#options.log);
  }

  async #createOrReport(clientId: string | undefined): Promise<AppSession> {
    try {
      return await this.#create(clientId);
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) {
        showAppTokenFailure(error, () => this.runUnlessMended(clientId), this.#options.log);
      }
      throw new vscode.CancellationError();
    }
  }

  async #create(configuredId: string | undefined): Promise<AppSession> {
    const { secrets, setUp, refused } = this.#options;
    const clientId = configuredId ?? (await setUp.change(false));
    const known = await secrets.get(clientId);
    if (known?.isFromEnvironment) return this.#createFromEnvironment(known);
    for (;;) {
      const clientSecret = await askForSecret(clientId);
      const result = await this.#check(clientId, clientSecret);
      if (typeof result === 'object') {
        refused.delete(clientSecret);
        return { app: await this.#store(clientId, clientSecret), token: result };
      }
      const isRefused = result === 'refused';
      if (isRefused && (await askAboutEnteredSecret(clientId)) === 'enterAnother') continue;
      // A secret that Spotify accepted is not replaced by a secret that could not be checked.
      const wasAccepted = known && !known.isKeptDespiteRefusal && !refused.has(known.clientSecret);
      if (isRefused || !wasAccepted) await this.#store(clientId, clientSecret, isRefused);
      throw new vscode.CancellationError();
    }
  }

  /** Stores a client secret. @throws NotStoredError if SecretStorage refuses it. */
  #store(clientId: string, clientSecret: string, isRefused = false): Promise<App> {
    return this.#options.secrets
      .store(clientId, clientSecret, isRefused)
      .catch((error: unknown) => Promise.reject(new NotStoredError(error)));
  }

  async #createFromEnvironment(app: App): Promise<AppSession> {
    const { tokens, refused, log } = this.#options;
    try {
      const token = await tokens.get(app);
      refused.delete(app.clientSecret);
      return { app, token };
    } catch (error) {
      if (!isInvalidClient(error)) throw error;
      refused.add(app.clientSecret);
      showEnvironmentSecretRefused(log);
      throw new vscode.CancellationError();
    }
  }

  /**
   * Requests a token with a client secret that the user has entered. Returns the token. Returns
   * `refused` if Spotify refuses the secret, and `unchecked` after every other failure, of which the
   * user is told.
   */
  async #check(
    clientId: string,
    clientSecret: string,
  ): Promise<TokenInfo | 'refused' | 'unchecked'> {
    const { tokens, log } = this.#options;
    const title = askingForAppToken();
    const progress = { location: vscode.ProgressLocation.Window, title };
    const app = { clientId, clientSecret };
    tokens.discard(app);
    try {
      return await vscode.window.withProgress(progress, () => tokens.get(app));
    } catch (error) {
      if (isInvalidClient(error)) return 'refused';
      log.warn(`A client secret could not be checked. ${describeError(error)}`);
      void showMessage('warning', appNotices.unchecked(), { showLog: () => log.show() }, log);
      return 'unchecked';
    }
  }
}
