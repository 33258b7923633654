import * as vscode from 'vscode';
import { isInvalidClient } from '../auth/errors.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import { unlessAborted } from '../auth/unlessAborted.ts';
import { configuredClientId } from '../configuration.ts';
import { describeError } from '../describeError.ts';
import type { ShownLog } from '../log.ts';
import { appNotices, askingForAppToken } from '../messages/appTokens.ts';
import type { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import { failureMessage } from '../signIn/failureMessage.ts';
import { showMessage } from '../signIn/showMessage.ts';
import { TimeLimit } from '../timeLimit.ts';
import type { AppTokenSource } from './appTokenSource.ts';
import type { App, ClientSecrets } from './clientSecrets.ts';
import { askAboutRefusal, askForSecret } from './secretQuestion.ts';

/** What {@link AppSessions} works with. */
export interface AppSessionsOptions {
  readonly secrets: ClientSecrets;
  readonly tokens: AppTokenSource;
  readonly setUp: ClientIdSetUp;
  readonly log: ShownLog;
}

/** An app with a token of its own. */
export interface AppSession {
  readonly app: App;
  readonly token: TokenInfo;
}

/** A question holds up every other call into the provider, so it has to end. In milliseconds. */
const QUEUE_LIMIT_MS = 5 * 60 * 1000;

/** The app's own session, which there is as long as its client secret is known. */
export class AppSessions {
  readonly #options: AppSessionsOptions;
  /** The secrets that the person was told of in this window: Spotify has refused them. */
  readonly #told = new Set<string>();

  constructor(options: AppSessionsOptions) {
    this.#options = options;
  }

  /** The configured app, where its secret is known. Rejects when SecretStorage refuses. */
  current(): Promise<App | undefined> {
    return this.#options.secrets.current();
  }

  /**
   * A token for the app; undefined where Spotify refuses its secret, which the person is told once.
   * Rejects within ten seconds, with a `SpotifyAuthError`, when Spotify cannot be reached.
   * @param isAskedByPerson Tells them again.
   */
  async token(app: App, isAskedByPerson = false): Promise<TokenInfo | undefined> {
    if (isAskedByPerson) this.#told.delete(app.clientSecret);
    try {
      return await this.#options.tokens.get(app);
    } catch (error) {
      if (!isInvalidClient(error)) throw error;
      this.#tellRefused(app).catch((failure: unknown) =>
        this.#options.log.error(describeError(failure)),
      );
      return undefined;
    }
  }

  /**
   * Asks for what is missing, and for the client secret in any case, unless the environment has it.
   * Ends within five minutes; the person is told of every failure.
   * @throws vscode.CancellationError, and nothing else.
   */
  async create(): Promise<AppSession> {
    const { log } = this.#options;
    using limit = new TimeLimit(QUEUE_LIMIT_MS, () => new vscode.CancellationError());
    limit.begin();
    try {
      return await unlessAborted(this.#create(limit.signal), limit.signal);
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) {
        log.error(`There is no access token of the app. ${describeError(error)}`);
        const handlers = { tryAgain: () => this.#again(), showLog: () => log.show() };
        void showMessage('error', failureMessage(error), handlers, log);
      }
      throw new vscode.CancellationError();
    }
  }

  /**
   * Another token for the session, unless its own is younger than a minute; an unknown id has none.
   * Rejects as {@link token}.
   */
  async renew(sessionId: unknown): Promise<void> {
    const app = await this.current();
    if (!app || app.sessionId !== sessionId) return;
    this.#options.tokens.distrust(app);
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
    await secrets.forget(app.clientId);
  }

  async #create(signal: AbortSignal): Promise<AppSession> {
    const { secrets, setUp } = this.#options;
    const clientId = configuredClientId() ?? (await setUp.change());
    const known = await secrets.of(clientId);
    if (known?.isFromEnvironment) return this.#withTokenOf(known);
    for (;;) {
      const clientSecret = await askForSecret(clientId, signal);
      const token = await this.#check(clientId, clientSecret);
      const isGivenUp = token === 'refused' && (await askAboutRefusal(clientId)) === 'another';
      if (isGivenUp) continue;
      const app = await secrets.keep(clientId, clientSecret);
      if (typeof token === 'object') return { app, token };
      if (token === 'refused') this.#told.add(clientSecret);
      throw new vscode.CancellationError();
    }
  }

  async #withTokenOf(app: App): Promise<AppSession> {
    const token = await this.token(app);
    if (!token) throw new vscode.CancellationError();
    return { app, token };
  }

  /** What Spotify says of a secret; where it says nothing, the person is told so. */
  async #check(
    clientId: string,
    clientSecret: string,
  ): Promise<TokenInfo | 'refused' | 'unchecked'> {
    const { tokens, log } = this.#options;
    const title = askingForAppToken();
    const progress = { location: vscode.ProgressLocation.Window, title };
    try {
      return await vscode.window.withProgress(progress, () =>
        tokens.get({ clientId, clientSecret }),
      );
    } catch (error) {
      if (isInvalidClient(error)) return 'refused';
      log.warn(`A client secret could not be checked. ${describeError(error)}`);
      void showMessage('warning', appNotices.unchecked(), { showLog: () => log.show() }, log);
      return 'unchecked';
    }
  }

  async #tellRefused({ clientId, clientSecret, isFromEnvironment }: App): Promise<void> {
    const { secrets, log } = this.#options;
    if (this.#told.has(clientSecret)) return;
    this.#told.add(clientSecret);
    log.warn('Spotify refuses the client secret.');
    if (isFromEnvironment) {
      await showMessage('warning', appNotices.refusedOfEnvironment(), {}, log);
      return;
    }
    const handlers = { enterAnother: () => this.#again(), keep: () => undefined };
    const chosen = await showMessage('warning', appNotices.refused(clientId), handlers, log);
    const current = await secrets.of(clientId);
    // Another window may have been given a better one meanwhile.
    if (!chosen && current?.clientSecret === clientSecret) await secrets.forget(clientId);
  }

  async #again(): Promise<void> {
    await this.create().catch(() => undefined);
  }
}
