import * as vscode from 'vscode';
import { isInvalidClient } from '../auth/errors.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import { configuredClientId } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { ShownLog } from '../common/log.ts';
import { appNotices, askingForAppToken } from '../messages/appTokens.ts';
import type { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import { showMessage } from '../messages/showMessage.ts';
import { SIGN_IN_CALL_TIMEOUT_MS, within } from '../common/timeLimits.ts';
import { showAppTokenFailure, showEnvironmentSecretRefused } from './appTokenNotices.ts';
import type { AppTokenSource } from './appTokenSource.ts';
import type { App, ClientSecrets } from './clientSecrets.ts';
import type { RefusedSecrets } from './refusedSecrets.ts';
import { askAboutRefusal, askForSecret } from './secretQuestion.ts';

/** What an {@link AppSignIn} works with. */
export interface AppSignInOptions {
  readonly secrets: ClientSecrets;
  readonly tokens: AppTokenSource;
  readonly setUp: ClientIdSetUp;
  readonly refused: RefusedSecrets;
  readonly log: ShownLog;
}

/** An app with a token of its own. */
export interface AppSession {
  readonly app: App;
  readonly token: TokenInfo;
}

/** How an app gets a session: the person gives its client secret, and Spotify takes it. */
export class AppSignIn {
  readonly #options: AppSignInOptions;
  /** By client ID; empty while none is set. */
  readonly #running = new Map<string, Promise<AppSession>>();

  constructor(options: AppSignInOptions) {
    this.#options = options;
  }

  /**
   * Asks for what is missing, and for the secret in any case, unless the environment has it; whoever
   * wishes the same meanwhile waits for the same answer. The person is told of every failure.
   * @throws vscode.CancellationError, and nothing else.
   */
  run(clientId = configuredClientId()): Promise<AppSession> {
    const key = clientId ?? '';
    let running = this.#running.get(key);
    if (!running) {
      running = this.#report(clientId).finally(() => this.#running.delete(key));
      this.#running.set(key, running);
    }
    return running;
  }

  /** The same where nobody waits for it any more, so the person is told that it worked. */
  again(clientId?: string): Promise<void> {
    return this.#tellWhenDone(this.run(clientId));
  }

  /** The same for a call that VS Code waits for: it ends after five minutes, the question does not. */
  forProvider(): Promise<AppSession> {
    const running = this.run();
    const giveUp = () => {
      void this.#tellWhenDone(running);
      return new vscode.CancellationError();
    };
    return within(SIGN_IN_CALL_TIMEOUT_MS, giveUp, running);
  }

  async #tellWhenDone(running: Promise<AppSession>): Promise<void> {
    const isDone = await running.then(
      () => true,
      () => false,
    );
    if (isDone) void showMessage('information', appNotices.late(), {}, this.#options.log);
  }

  async #report(clientId: string | undefined): Promise<AppSession> {
    try {
      return await this.#create(clientId);
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) {
        showAppTokenFailure(error, () => this.again(clientId), this.#options.log);
      }
      throw new vscode.CancellationError();
    }
  }

  async #create(asked: string | undefined): Promise<AppSession> {
    const { secrets, setUp, refused } = this.#options;
    const clientId = asked ?? (await setUp.change());
    const known = await secrets.of(clientId);
    if (known?.isFromEnvironment) return this.#createOfEnvironment(known);
    for (;;) {
      const clientSecret = await askForSecret(clientId);
      const token = await this.#check(clientId, clientSecret);
      if (typeof token === 'object') {
        refused.delete(clientSecret);
        return { app: await secrets.keep(clientId, clientSecret), token };
      }
      if (token === 'refused' && (await askAboutRefusal(clientId)) === 'another') continue;
      // One that may be wrong does not take the place of one that was right.
      const wasRight = known && !known.isKept && !refused.has(known.clientSecret);
      if (token === 'refused' || !wasRight) {
        await secrets.keep(clientId, clientSecret, token === 'refused');
      }
      throw new vscode.CancellationError();
    }
  }

  /** Gets a token with the secret of the environment, which the user cannot replace here. */
  async #createOfEnvironment(app: App): Promise<AppSession> {
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

  /** What Spotify says of a secret; where it says nothing, the person is told so. */
  async #check(
    clientId: string,
    clientSecret: string,
  ): Promise<TokenInfo | 'refused' | 'unchecked'> {
    const { tokens, log } = this.#options;
    const title = askingForAppToken();
    const progress = { location: vscode.ProgressLocation.Window, title };
    const app = { clientId, clientSecret };
    tokens.forget(app);
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
