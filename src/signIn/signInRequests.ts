import * as vscode from 'vscode';
import { ownClient } from '../common/client.ts';
import { correlated } from '../common/correlatedLog.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { SIGN_IN_CALL_TIMEOUT_MS, within } from '../common/timeLimits.ts';
import { showMessage } from '../messages/showMessage.ts';
import { offerDeclined } from '../messages/signIn.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { answeringSession, signInUnlessAnswered, unlessAnswered } from './answeringSession.ts';
import { failureMessage } from './failureMessage.ts';
import { needsDialog, showSignedIn } from './otherAccount.ts';
import { SignIn } from './signIn.ts';
import type { SignInEnvironment } from './signInEnvironment.ts';
import { keyOf, type SignInRequest } from './signInRequest.ts';

/** Runs the sign-ins of one window. Equal requests share one, and the user is told the result. */
export class SignInRequests {
  readonly #environment: SignInEnvironment;
  readonly #signIn: SignIn;
  readonly #store: SessionStore;
  readonly #log: Log & { show(): void };
  readonly #running = new Map<string, Promise<StoredSession>>();
  /** Whether VS Code's call for a sign-in still waits, by the key of the request. */
  readonly #calls = new Map<string, 'waits' | 'ended'>();

  constructor(environment: SignInEnvironment, store: SessionStore, log: Log & { show(): void }) {
    this.#environment = environment;
    this.#signIn = new SignIn(environment, store);
    this.#store = store;
    this.#log = log;
  }

  /**
   * Signs the user in, returns the stored session and shows a message. Joins an equal request that is
   * running. Ends with the session that another window has stored, if that answers the request. Rejects
   * with the errors of `SignIn.run`, before the user closes the message.
   */
  run(request: SignInRequest): Promise<StoredSession> {
    const key = this.#keyOf(request);
    let running = this.#running.get(key);
    if (!running) {
      running = this.#report(request).finally(() => this.#running.delete(key));
      this.#running.set(key, running);
    }
    return running;
  }

  /**
   * Does what `run` does, unless a stored session answers the request. Rejects after five minutes, while
   * the sign-in goes on: VS Code makes one call to a provider at a time. Rejects only with
   * `vscode.CancellationError`: VS Code would show any other error to the user, who has seen it already.
   */
  async forProvider(request: SignInRequest): Promise<StoredSession> {
    const key = this.#keyOf(request);
    const giveUp = () => {
      this.#calls.set(key, 'ended');
      return new vscode.CancellationError();
    };
    try {
      const stored = await answeringSession(request, this.#store);
      if (stored) return stored;
      this.#calls.set(key, 'waits');
      return await within(SIGN_IN_CALL_TIMEOUT_MS, giveUp, this.run(request));
    } catch {
      throw new vscode.CancellationError();
    }
  }

  /** The key of a request, or of one that is running, needs a new consent, and differs in that only. */
  #keyOf(request: SignInRequest): string {
    const stricter = keyOf({ ...request, consentedAfter: undefined });
    return this.#running.has(stricter) ? stricter : keyOf(request);
  }

  async #report(request: SignInRequest): Promise<StoredSession> {
    const key = keyOf(request);
    const log = correlated(this.#log);
    log.info(`A sign-in for ${request.scopes.length} scope(s) has begun.`);
    try {
      const showDialog = await needsDialog(request, this.#store, this.#environment.history);
      const session = await signInUnlessAnswered(request, this.#store, (watch) =>
        this.#signIn.run({ request: { ...request, showDialog }, watch, log }),
      );
      // If the call has ended, the user has to repeat the action that needed the session.
      const isLate = this.#calls.get(key) === 'ended';
      this.#calls.delete(key);
      const result = { session, request: { ...request, showDialog }, isLate };
      showSignedIn(result, (changed) => this.run(changed), this.#store, this.#log);
      return session;
    } catch (error) {
      if (error instanceof vscode.CancellationError) {
        log.info('The sign-in was cancelled.');
        if (request.isOffered) void showMessage('information', offerDeclined(), {}, this.#log);
        this.#calls.delete(key);
      } else {
        if (this.#calls.has(key)) this.#calls.set(key, 'ended');
        log.error(`Sign-in failed. ${describeError(error)}`);
        this.#tellFailure(error, request);
      }
      throw error;
    }
  }

  #tellFailure(error: unknown, request: SignInRequest): void {
    const consentedAfter = request.consentedAfter ?? Date.now() / 1000;
    const button = (action: () => Promise<unknown>) => () =>
      unlessAnswered({ ...request, consentedAfter }, this.#store, action);
    const handlers = {
      tryAgain: button(() => this.run({ ...request, choosesFlow: false })),
      tryAnotherWay: button(() => this.run({ ...request, choosesFlow: true })),
      setUpClientId: button(() => this.#setUpAndRun(request)),
      showLog: () => this.#log.show(),
    };
    const message = failureMessage(error, request);
    void showMessage('error', message, handlers, this.#log);
  }

  async #setUpAndRun(request: SignInRequest): Promise<void> {
    const client = ownClient(await this.#environment.setUp.change());
    const changed = { ...request, choosesFlow: false, client };
    if (this.#calls.has(keyOf(request))) this.#calls.set(keyOf(changed), 'ended');
    await this.run(changed);
  }
}
