import * as vscode from 'vscode';
import { AuthorizationDeniedError } from '../auth/errors.ts';
import { normalizeScopes } from '../auth/scopes.ts';
import { describeError } from '../describeError.ts';
import type { Log } from '../log.ts';
import { isSameAccount, newSession, type SignedIn, supersededBy } from '../sessions/newSession.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { signedIn } from '../messages/signIn.ts';
import { TimeLimit, within } from '../timeLimit.ts';
import { askToChooseAgain } from './chooseAgain.ts';
import { keepClientId, resolveClientId } from './clientId.ts';
import { SignInTimeoutError } from './errors.ts';
import { failureMessage } from './failureMessage.ts';
import { withProgress } from './progress.ts';
import { showMessage } from './showMessage.ts';
import { type SignInEnvironment, signIn } from './signIn.ts';

/** Who is wanted for what. */
export interface SignInWish {
  readonly scopes: readonly string[];
  /** The only account that will do. */
  readonly account?: vscode.AuthenticationSessionAccountInformation | undefined;
  /** The configured one unless given. */
  readonly clientId?: string;
}

/** A sign-in holds up every other call into the provider, so VS Code's has to end. In milliseconds. */
const QUEUE_LIMIT_MS = 5 * 60 * 1000;
/** How long Spotify's page may stay unanswered, in milliseconds. */
const BROWSER_LIMIT_MS = 10 * 60 * 1000;

/** A sign-in as a person meets it: asked for what is missing, kept informed, told of a failure. */
export class InteractiveSignIn {
  readonly #environment: SignInEnvironment;
  readonly #store: SessionStore;
  readonly #log: Log & { show(): void };
  readonly #running = new Map<string, Promise<StoredSession>>();

  constructor(environment: SignInEnvironment, store: SessionStore, log: Log & { show(): void }) {
    this.#environment = environment;
    this.#store = store;
    this.#log = log;
  }

  /**
   * Resolves with the stored session; whoever wishes the same meanwhile waits for the same sign-in.
   * Rejects as soon as it has failed, and does not wait for an answer to the message about it; with
   * a `vscode.CancellationError` after a cancel.
   */
  run(wish: SignInWish): Promise<StoredSession> {
    const key = JSON.stringify([wish.scopes, wish.account?.id, wish.clientId]);
    let running = this.#running.get(key);
    if (!running) {
      running = this.#report(wish).finally(() => this.#running.delete(key));
      this.#running.set(key, running);
    }
    return running;
  }

  /**
   * The same for a call that VS Code waits for: after five minutes it is rejected, while the
   * sign-in goes on. Rejects with nothing but `vscode.CancellationError`: the person has been told
   * already, and VS Code would tell them again.
   */
  async forQueue(wish: SignInWish): Promise<StoredSession> {
    try {
      return await within(QUEUE_LIMIT_MS, () => new vscode.CancellationError(), this.run(wish));
    } catch {
      throw new vscode.CancellationError();
    }
  }

  async #report(wish: SignInWish): Promise<StoredSession> {
    try {
      return await this.#signIn(wish);
    } catch (error) {
      if (error instanceof vscode.CancellationError) throw error;
      this.#log.error(`Sign-in failed. ${describeError(error)}`);
      const handlers = {
        tryAgain: () => this.#again(wish),
        showLog: () => this.#log.show(),
      };
      void showMessage('error', failureMessage(error), handlers, this.#log);
      throw error;
    }
  }

  /** The call that wanted the session has been given up, so the person has to be told. */
  async #again(wish: SignInWish): Promise<void> {
    const session = await this.run(wish).catch(() => undefined);
    if (session) void vscode.window.showInformationMessage(signedIn(session.account.label));
  }

  async #signIn(wish: SignInWish): Promise<StoredSession> {
    const clientId = wish.clientId ?? (await resolveClientId());
    const known = await this.#store.all();
    // Spotify's page would answer for the account that the browser is signed in to.
    let showDialog = !wish.account && known.length > 0;
    for (;;) {
      const answer = await this.#inBrowser(clientId, wish.scopes, showDialog);
      if (isWished(answer, wish, known)) return this.#keep(answer);
      await askToChooseAgain(wish.account?.label ?? '', answer.account.label);
      showDialog = true;
    }
  }

  async #inBrowser(clientId: string, asked: readonly string[], showDialog: boolean) {
    using limit = new TimeLimit(BROWSER_LIMIT_MS, () => new SignInTimeoutError());
    const environment: SignInEnvironment = {
      ...this.#environment,
      openBrowser: async (url) => {
        await this.#environment.openBrowser(url);
        limit.begin();
      },
    };
    const scopes = normalizeScopes(asked);
    try {
      const answer = await withProgress(limit.signal, (signal) =>
        signIn({ clientId, scopes, showDialog, signal }, environment),
      );
      await keepClientId(clientId, this.#log);
      return answer;
    } catch (error) {
      // Spotify has shown its page, so the client ID is one.
      if (error instanceof AuthorizationDeniedError) await keepClientId(clientId, this.#log);
      throw error;
    }
  }

  async #keep(answer: SignedIn): Promise<StoredSession> {
    const known = await this.#store.all();
    const session = await this.#store.put(newSession(answer, known));
    // Signed out while the browser was open: what VS Code asked for is void.
    if (!session) throw new vscode.CancellationError();
    for (const { id } of supersededBy(session, known)) await this.#store.remove(id);
    this.#log.info(`Signed in for ${session.scopes.length} scope(s).`);
    return session;
  }
}

/** Whether it is the account that was asked for, by either of its ids. */
function isWished(
  { account }: SignedIn,
  { account: wished }: SignInWish,
  known: readonly StoredSession[],
): boolean {
  if (!wished || wished.id === account.id) return true;
  return known.some(
    (session) => session.account.id === wished.id && isSameAccount(session.account, account),
  );
}
