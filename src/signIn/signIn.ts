import { CancellationError } from 'vscode';
import { AuthorizationDeniedError } from '../auth/errors.ts';
import { type Client, ownClient } from '../common/client.ts';
import { configuredClient } from '../common/configuration.ts';
import type { Log } from '../common/log.ts';
import { BROWSER_TIMEOUT_MS, TimeLimit } from '../common/timeLimits.ts';
import { withProgress } from '../messages/progress.ts';
import { progressStrings } from '../messages/signIn.ts';
import { type Consent, newSession, supersededBy } from '../sessions/newSession.ts';
import { grantedScopes } from '../sessions/matchingSessions.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import { identify, isRequestedAccount } from './account.ts';
import type { AnswerWatch } from './answeringSession.ts';
import { browserTrip } from './browserTrip.ts';
import { exchangeAgain, KeptConsents, type OpenConsent, storeSession } from './consents.ts';
import { SignInTimeoutError, WrongAccountError } from './errors.ts';
import { nextTry, type Tries, type Try, usableFlows } from './tries.ts';
import { askForFlow, showWrongAccountPrompt, withoutLostSettings } from './questions.ts';
import type { SignInEnvironment } from './signInEnvironment.ts';
import { SignInHelp } from './signInHelp.ts';
import { keyOf, type SignInRequest } from './signInRequest.ts';
import { checkedScopes } from './unknownScopes.ts';

/** One run of a sign-in, which its steps share. */
interface Run {
  readonly request: SignInRequest;
  readonly watch: AnswerWatch;
  readonly log: Log;
}

/** Signs users in and stores their sessions. */
export class SignIn {
  readonly #environment: SignInEnvironment;
  readonly #store: SessionStore;
  readonly #consents = new KeptConsents();

  constructor(environment: SignInEnvironment, store: SessionStore) {
    this.#environment = environment;
    this.#store = store;
    // After a sign-out the user chooses the account anew.
    store.watch({ changed: ({ removed }) => removed.length > 0 && this.#consents.clear() });
  }

  /**
   * Signs the user in and returns the stored session, which may differ from the request.
   * @throws RedirectUriError, SignInTimeoutError, AccountRefusedError, AccountUnansweredError,
   * NotStoredError, vscode.CancellationError, and the other errors of `browserTrip`.
   */
  async run(run: Run): Promise<StoredSession> {
    const { request, log } = run;
    let { showDialog = false } = request;
    for (;;) {
      try {
        return await this.#once(run, showDialog);
      } catch (error) {
        if (!(error instanceof WrongAccountError)) throw error;
        log.info('Another account has answered than the one that is needed.');
        await showWrongAccountPrompt(request.account?.label ?? '', error.account.label);
        showDialog = true;
      }
    }
  }

  async #once(run: Run, showDialog: boolean): Promise<StoredSession> {
    const { request, watch } = run;
    const key = keyOf(request);
    const wanted = request.client ?? configuredClient();
    try {
      const session = await this.#settleEarlier(this.#consents.take(key, wanted), run);
      if (session) return session;
      const client = wanted ?? ownClient(await this.#environment.setUp.run(watch.signal));
      return await this.#throughBrowser(client, run, showDialog);
    } catch (error) {
      this.#consents.keep(key, error);
      throw error;
    }
  }

  /**
   * Signs the user in through the browser. If a flow cannot be used, asks whether to use the next one.
   * If the user changes flow, client ID or scopes, starts again. Throws any other error.
   */
  async #throughBrowser(client: Client, run: Run, showDialog: boolean): Promise<StoredSession> {
    const { request, log } = run;
    const query = await this.#environment.queryEnvironment();
    // The redirect URI of the settings is registered with the user's own app only.
    const ofApp = client.source === 'settings' ? query : { ...query, redirectUri: undefined };
    const usable = await withoutLostSettings(ofApp);
    const flows = usableFlows(usable, log);
    const scopes = await checkedScopes(request.scopes);
    const flow = request.choosesFlow ? await askForFlow(flows) : (flows[0] ?? 'paste');
    const tries = { flows, redirectUri: usable.redirectUri, showDialog, log };
    for (let current: Try = { client, scopes, flow }; ;) {
      try {
        return await this.#trip(current, tries, run);
      } catch (error) {
        if (error instanceof AuthorizationDeniedError) await this.#keepClientId(current.client);
        current = await nextTry(error, current, tries);
      }
    }
  }

  /** Makes one try: a trip through the browser, while a progress notification offers help. */
  #trip(current: Try, tries: Tries, run: Run): Promise<StoredSession> {
    const { client, scopes, flow } = current;
    const { redirectUri, showDialog, log } = tries;
    const environment = this.#environment;
    log.info(`The flow is ${flow}.`);
    const limit = new TimeLimit(BROWSER_TIMEOUT_MS, () => new SignInTimeoutError());
    const signal = AbortSignal.any([limit.signal, run.watch.signal]);
    const ended = withProgress(progressStrings.title(client), signal, (progress) => {
      const onOpened = () => limit.begin();
      const help = new SignInHelp(current, tries, { environment, progress, onOpened });
      const { signal } = help;
      const openFlow = help.accompany(environment.flows[flow] ?? environment.flows.paste);
      const onRateLimit = (ms: number) => progress.say(progressStrings.pausing(ms));
      const trip = { client, scopes, showDialog, openFlow, redirectUri, signal, onRateLimit };
      const settle = (consent: Consent) => this.#settle(consent, run, signal);
      return browserTrip(trip, environment, settle).finally(() => help.end());
    });
    return ended.finally(() => limit.end());
  }

  /** Finishes an earlier sign-in. Resolves with undefined if a new consent is needed. */
  async #settleEarlier(
    kept: OpenConsent | undefined,
    run: Run,
  ): Promise<StoredSession | undefined> {
    if (!kept) return undefined;
    const title = progressStrings.title(kept.client);
    return withProgress(title, run.watch.signal, async (progress) => {
      const { signal } = progress;
      progress.say(progressStrings.identifying());
      const onRateLimit = (ms: number) => progress.say(progressStrings.pausing(ms));
      const consent = await exchangeAgain(kept, { signal, onRateLimit }, run.log);
      return consent && this.#settle(consent, run, signal);
    });
  }

  /** Asks Spotify for the account, checks that it is the requested one, and stores the session. */
  async #settle(
    consent: Consent,
    { request, watch, log }: Run,
    signal: AbortSignal,
  ): Promise<StoredSession> {
    const seconds = Math.round(consent.token.expiresAt - Date.now() / 1000);
    const granted = grantedScopes(consent).length;
    log.debug(`Spotify has issued a token for ${granted} scope(s) and ${seconds} s.`);
    await this.#keepClientId(consent.client);
    const signedIn = await identify(consent, signal, this.#environment);
    log.debug('Spotify has named the account.');
    const known = await this.#store.all();
    if (!isRequestedAccount(signedIn.account, request.account, known)) {
      throw new WrongAccountError(signedIn.account);
    }
    const leftOut = request.scopes.filter((scope) => !consent.scopes.includes(scope));
    const found = { ...signedIn, ...(leftOut.length > 0 && { leftOut }) };
    watch.stop();
    const record = newSession(found, known, this.#environment.history.accounts);
    const session = await storeSession(this.#store, record, found);
    // The session was signed out while the browser was open.
    if (!session) throw new CancellationError();
    for (const { id } of supersededBy(session, known)) await this.#store.remove(id);
    log.info(`Signed in for ${session.scopes.length} scope(s).`);
    return session;
  }

  /** Ends the set-up of a client ID that Spotify has accepted. Saves that client ID if it is new. */
  async #keepClientId({ id, source }: Client): Promise<void> {
    if (source === 'settings') await this.#environment.setUp.keep(id);
  }
}
