import * as vscode from 'vscode';
import { normalizeScopes } from '../auth/scopes.ts';
import { isExpired } from '../auth/tokenInfo.ts';
import { type Client, ownClient } from '../common/client.ts';
import { configuredClient } from '../common/configuration.ts';
import { correlated } from '../common/correlatedLog.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { progressStrings, signedIn } from '../messages/signIn.ts';
import { SIGN_IN_CALL_TIMEOUT_MS } from '../common/providerTimeouts.ts';
import { answers } from '../sessions/matchingSessions.ts';
import { isSameAccount, newSession, type SignedIn, supersededBy } from '../sessions/newSession.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { Account, StoredSession } from '../sessions/storedSession.ts';
import { within } from '../common/timeLimits.ts';
import { showWrongAccountPrompt } from './chooseAgain.ts';
import { AccountUnansweredError, type Consent } from './errors.ts';
import { failureMessage } from './failureMessage.ts';
import { type GuidedEnvironment, GuidedSignIn } from './signIn.ts';
import { withProgress } from '../messages/progress.ts';
import { showMessage } from '../messages/showMessage.ts';
import { identify } from './browserTrip.ts';

/** Who is wanted for what. */
export interface SignInWish {
  readonly scopes: readonly string[];
  /** The only account that will do. */
  readonly account?: vscode.AuthenticationSessionAccountInformation | undefined;
  /** The configured one unless given. */
  readonly client?: Client | undefined;
}

/** For how long a sign-in also answers whoever asked at the same moment, in milliseconds. */
const SAME_MOMENT_MS = 2000;

/** A sign-in as a person meets it: asked for what is missing, kept informed, told of a failure. */
export class InteractiveSignIn {
  readonly #environment: GuidedEnvironment;
  readonly #guided: GuidedSignIn;
  readonly #store: SessionStore;
  readonly #log: Log & { show(): void };
  readonly #running = new Map<string, Promise<StoredSession>>();
  /** By wish, what need not be asked for again; in memory only. */
  readonly #consents = new Map<string, Consent>();
  /** By wish, whether the call of VS Code's that had it waits still. */
  readonly #callers = new Map<string, 'waits' | 'gone'>();
  #latest: { readonly id: string; readonly at: number } | undefined;

  constructor(environment: GuidedEnvironment, store: SessionStore, log: Log & { show(): void }) {
    this.#environment = environment;
    this.#guided = new GuidedSignIn(environment);
    this.#store = store;
    this.#log = log;
  }

  /**
   * Resolves with the stored session, which the person is told of; whoever wishes the same meanwhile
   * waits for the same sign-in. Rejects as soon as it has failed, and does not wait for an answer to the message about it; with
   * a `vscode.CancellationError` after a cancel.
   * @param byAnotherWay Lets the person choose the way back at once.
   */
  run(wish: SignInWish, byAnotherWay = false): Promise<StoredSession> {
    const key = keyOf(wish);
    let running = this.#running.get(key);
    if (!running) {
      running = this.#report(wish, byAnotherWay).finally(() => this.#running.delete(key));
      this.#running.set(key, running);
    }
    return running;
  }

  /**
   * The same for a call that VS Code waits for: after five minutes it is rejected, while the
   * sign-in goes on. Rejects with nothing but `vscode.CancellationError`: the person has been told
   * already, and VS Code would tell them again.
   */
  async forProvider(wish: SignInWish): Promise<StoredSession> {
    try {
      const answered = await this.#ofThisMoment(wish);
      if (answered) return answered;
      this.#callers.set(keyOf(wish), 'waits');
      const running = this.run(wish);
      const giveUp = () => {
        this.#callers.set(keyOf(wish), 'gone');
        return new vscode.CancellationError();
      };
      return await within(SIGN_IN_CALL_TIMEOUT_MS, giveUp, running);
    } catch {
      throw new vscode.CancellationError();
    }
  }

  /**
   * VS Code makes a second extension that asks at the same moment wait, and does not look for
   * sessions again: it would be asked for what has just been answered.
   */
  async #ofThisMoment(wish: SignInWish): Promise<StoredSession | undefined> {
    const { id, at } = this.#latest ?? { at: 0 };
    if (wish.account || Date.now() - at > SAME_MOMENT_MS) return undefined;
    const client = wish.client ?? configuredClient();
    const isOfExtension = client?.source === 'extension';
    const wanted = {
      scopes: normalizeScopes(wish.scopes),
      client: isOfExtension ? client : undefined,
    };
    return (await this.#store.all()).find(
      (session) =>
        session.id === id &&
        session.suspendedAt === undefined &&
        session.client.id === client?.id &&
        answers(session, wanted),
    );
  }

  async #report(wish: SignInWish, byAnotherWay: boolean): Promise<StoredSession> {
    const log = correlated(this.#log);
    log.info(`A sign-in for ${wish.scopes.length} scope(s) has begun.`);
    try {
      const session = await this.#signIn(wish, byAnotherWay, log);
      this.#tell(session, wish);
      return session;
    } catch (error) {
      if (error instanceof vscode.CancellationError) {
        log.info('The sign-in was cancelled.');
        this.#callers.delete(keyOf(wish));
        throw error;
      }
      if (this.#callers.has(keyOf(wish))) this.#callers.set(keyOf(wish), 'gone');
      log.error(`Sign-in failed. ${describeError(error)}`);
      const handlers = {
        tryAgain: () => this.#again(wish),
        tryAnotherWay: () => this.#again(wish, true),
        setUpClientId: () => this.#setUpAnd(wish),
        showLog: () => this.#log.show(),
      };
      const message = failureMessage(error, { client: wish.client });
      void showMessage('error', message, handlers, this.#log);
      throw error;
    }
  }

  /** Where the call is gone, the person has to do again what needed the session. */
  #tell({ account }: StoredSession, wish: SignInWish): void {
    const words = this.#callers.get(keyOf(wish)) === 'gone' ? signedIn.late : signedIn.now;
    this.#callers.delete(keyOf(wish));
    void vscode.window.showInformationMessage(words(account.label));
  }

  async #again(wish: SignInWish, byAnotherWay = false): Promise<void> {
    await this.run(wish, byAnotherWay).catch(() => undefined);
  }

  async #setUpAnd(wish: SignInWish): Promise<void> {
    const clientId = await this.#environment.setUp.change().catch(() => undefined);
    if (!clientId) return;
    const other = { ...wish, client: ownClient(clientId) };
    if (this.#callers.has(keyOf(wish))) this.#callers.set(keyOf(other), 'gone');
    await this.#again(other);
  }

  async #signIn(wish: SignInWish, byAnotherWay: boolean, log: Log): Promise<StoredSession> {
    const known = await this.#store.all();
    // Spotify's page would answer for the account that the browser is signed in to.
    let showDialog = !wish.account && known.length > 0;
    for (;;) {
      const isWanted = (account: Account) => isWished(account, wish, known);
      const answer = await this.#ask(wish, { showDialog, isWanted, byAnotherWay, log });
      if (isWanted(answer.account)) {
        return this.#keep(answer, log);
      }
      log.info('Another account has answered than the one that is needed.');
      await showWrongAccountPrompt(wish.account?.label ?? '', answer.account.label);
      showDialog = true;
    }
  }

  async #ask(wish: SignInWish, how: Asking): Promise<SignedIn> {
    const { byAnotherWay, log, ...rest } = how;
    const key = keyOf(wish);
    const consent = this.#consents.get(key);
    this.#consents.delete(key);
    try {
      const wanted = wish.client ?? configuredClient();
      const isOfWanted = wanted === undefined || wanted.id === consent?.client.id;
      if (consent && isOfWanted && !isExpired(consent.token, 60)) {
        return await this.#identify(consent);
      }
      const client = wanted ?? ownClient(await this.#environment.setUp.run());
      const scopes = normalizeScopes(wish.scopes);
      return await this.#guided.run({ client, scopes, ...rest }, log, byAnotherWay);
    } catch (error) {
      if (error instanceof AccountUnansweredError) this.#consents.set(key, error.consent());
      throw error;
    }
  }

  /** Asks once more whose token it is that the person has agreed to. */
  #identify(consent: Consent): Promise<SignedIn> {
    const unlimited = new AbortController().signal;
    const title = progressStrings.title(consent.client);
    return withProgress(title, unlimited, (progress) => {
      progress.say(progressStrings.identifying());
      return identify(consent, progress.signal, this.#environment);
    });
  }

  async #keep(answer: SignedIn, log: Log): Promise<StoredSession> {
    const known = await this.#store.all();
    const session = await this.#store.put(newSession(answer, known));
    // Signed out while the browser was open: what VS Code asked for is void.
    if (!session) throw new vscode.CancellationError();
    for (const { id } of supersededBy(session, known)) await this.#store.remove(id);
    log.info(`Signed in for ${session.scopes.length} scope(s).`);
    this.#latest = { id: session.id, at: Date.now() };
    return session;
  }
}

/** How the person is asked. */
interface Asking {
  readonly showDialog: boolean;
  readonly isWanted: (account: Account) => boolean;
  readonly byAnotherWay: boolean;
  readonly log: Log;
}

const keyOf = ({ scopes, account, client }: SignInWish): string =>
  JSON.stringify([scopes, account?.id, client?.id, client?.source]);

/** Whether it is the account that was asked for, by either of its ids. */
function isWished(
  account: Account,
  { account: wished }: SignInWish,
  known: readonly StoredSession[],
): boolean {
  if (!wished || wished.id === account.id) return true;
  return known.some(
    (session) => session.account.id === wished.id && isSameAccount(session.account, account),
  );
}
