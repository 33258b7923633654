import * as vscode from 'vscode';
import { ownClient } from '../common/client.ts';
import { configuredClient } from '../common/configuration.ts';
import { correlated } from '../common/correlatedLog.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { SIGN_IN_CALL_TIMEOUT_MS, within } from '../common/timeLimits.ts';
import { showMessage } from '../messages/showMessage.ts';
import { signedIn } from '../messages/signIn.ts';
import { answers } from '../sessions/matchingSessions.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { failureMessage } from './failureMessage.ts';
import { keyOf, SignIn, type SignInRequest } from './signIn.ts';
import type { SignInEnvironment } from './signInEnvironment.ts';

/** For how long a new session also answers other requests of the same moment, in milliseconds. */
const SAME_MOMENT_MS = 2000;

/** The sign-ins of a window, as a user meets them: equal requests join, and the user is told. */
export class SignInRequests {
  readonly #environment: SignInEnvironment;
  readonly #signIn: SignIn;
  readonly #store: SessionStore;
  readonly #log: Log & { show(): void };
  readonly #running = new Map<string, Promise<StoredSession>>();
  /** By request, whether the call of VS Code's that made it still waits. */
  readonly #calls = new Map<string, 'waits' | 'ended'>();
  #latest: { readonly id: string; readonly at: number } | undefined;

  constructor(environment: SignInEnvironment, store: SessionStore, log: Log & { show(): void }) {
    this.#environment = environment;
    this.#signIn = new SignIn(environment, store);
    this.#store = store;
    this.#log = log;
  }

  /**
   * Resolves with the stored session, which the user is told of. An equal request meanwhile joins
   * this sign-in. Rejects as `SignIn.run` as soon as the sign-in has failed, and does not wait for an
   * answer to the message about it.
   */
  run(request: SignInRequest): Promise<StoredSession> {
    const key = keyOf(request);
    let running = this.#running.get(key);
    if (!running) {
      running = this.#report(request).finally(() => this.#running.delete(key));
      this.#running.set(key, running);
    }
    return running;
  }

  /**
   * The same for a call of VS Code's, which runs one call into a provider at a time: after five
   * minutes the call is rejected, and the sign-in goes on. Rejects with `vscode.CancellationError`
   * only, since VS Code would show any other error, which the user has seen already.
   */
  async forProvider(request: SignInRequest): Promise<StoredSession> {
    const key = keyOf(request);
    const giveUp = () => {
      this.#calls.set(key, 'ended');
      return new vscode.CancellationError();
    };
    try {
      const recent = await this.#sessionOfThisMoment(request);
      if (recent) return recent;
      this.#calls.set(key, 'waits');
      return await within(SIGN_IN_CALL_TIMEOUT_MS, giveUp, this.run(request));
    } catch {
      throw new vscode.CancellationError();
    }
  }

  /**
   * The session of the latest sign-in, where it answers this request too. VS Code makes a second
   * extension that asks at the same moment wait, and does not look for sessions again.
   */
  async #sessionOfThisMoment(request: SignInRequest): Promise<StoredSession | undefined> {
    const { id, at } = this.#latest ?? { at: 0 };
    if (request.account || Date.now() - at > SAME_MOMENT_MS) return undefined;
    const client = request.client ?? configuredClient();
    return (await this.#store.list()).find(
      (session) =>
        session.id === id && session.client.id === client?.id && answers(session, request),
    );
  }

  async #report(request: SignInRequest): Promise<StoredSession> {
    const key = keyOf(request);
    const log = correlated(this.#log);
    log.info(`A sign-in for ${request.scopes.length} scope(s) has begun.`);
    try {
      const session = await this.#signIn.run(request, log);
      this.#latest = { id: session.id, at: Date.now() };
      // Where the call has ended, the user has to repeat the action that needed the session.
      const words = this.#calls.get(key) === 'ended' ? signedIn.late : signedIn.now;
      this.#calls.delete(key);
      void vscode.window.showInformationMessage(words(session.account.label));
      return session;
    } catch (error) {
      if (error instanceof vscode.CancellationError) {
        log.info('The sign-in was cancelled.');
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
    const again = (changes: Partial<SignInRequest>) =>
      this.run({ ...request, choosesFlow: false, ...changes }).catch(() => undefined);
    const handlers = {
      tryAgain: () => again({}),
      tryAnotherWay: () => again({ choosesFlow: true }),
      setUpClientId: () => this.#setUpAndRun(request),
      showLog: () => this.#log.show(),
    };
    const message = failureMessage(error, { client: request.client });
    void showMessage('error', message, handlers, this.#log);
  }

  async #setUpAndRun(request: SignInRequest): Promise<void> {
    const clientId = await this.#environment.setUp.change().catch(() => undefined);
    if (!clientId) return;
    const changed = { ...request, client: ownClient(clientId) };
    if (this.#calls.has(keyOf(request))) this.#calls.set(keyOf(changed), 'ended');
    await this.run(changed).catch(() => undefined);
  }
}
