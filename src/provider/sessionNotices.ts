import { isInvalidClient } from '../auth/errors.ts';
import { type Client, isSameClient, ownClient } from '../common/client.ts';
import { configuredClient, configuredClientId } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { keyAt } from '../common/testServer.ts';
import type { Message } from '../messages/message.ts';
import { notices } from '../messages/notices.ts';
import { lostClient } from '../messages/tokenFailures.ts';
import type { NoticeClaims } from '../sessions/acrossWindows.ts';
import { matchingSessions } from '../sessions/matchingSessions.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import { isSameAccount, isSibling } from '../sessions/newSession.ts';
import {
  allScopes,
  consentedAt,
  issuedAt,
  mayHaveEnded,
  replaces,
} from '../sessions/siblingSessions.ts';
import { REFRESH_TOKEN_LIFETIME } from '../auth/tokenInfo.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { unlessAnswered } from '../signIn/answeringSession.ts';
import type { SignInRequests } from '../signIn/signInRequests.ts';
import { claimShared, concernedBy, type SharedNotice } from './sharedNotice.ts';
import { type Handlers, openSetUp, showMessage } from '../messages/showMessage.ts';

const DAY = 24 * 3600;
/**
 * How long before the end of a refresh token the user is warned, once for each value, in seconds.
 */
const WARNINGS = [3 * DAY, 14 * DAY];

/** Options of {@link SessionNotices}. */
export interface SessionNoticesOptions {
  readonly store: SessionStore;
  readonly signIn: Pick<SignInRequests, 'run'>;
  readonly claims: NoticeClaims;
  readonly log: Log & { show(): void };
  /** Origin of the test server that the window uses; undefined for Spotify. */
  readonly testServer?: string | undefined;
}

/**
 * Tells the user what happened to a session. A notice is shown once, even if several windows or
 * several calls report the same event.
 */
export class SessionNotices {
  readonly #options: SessionNoticesOptions;

  constructor(options: SessionNoticesOptions) {
    this.#options = options;
  }

  /**
   * Says that Spotify has refused the session's refresh token, and offers to sign in again. One message
   * is about all sessions of the account and app that may have ended with this one. No message is
   * shown while another session of the account and app covers the scopes.
   * @param error The error of Spotify's answer. If Spotify does not know the client ID, one message is
   * about all sessions of the app.
   */
  refused(session: StoredSession, error: unknown): void {
    if (isInvalidClient(error)) return this.#clientLost(session);
    const refusedAt = Date.now() / 1000;
    this.#tellOnce(session, notices.ended(session.account.label), {
      name: refusal,
      time: issuedAt,
      concerns: (other) => isSibling(other, session) && mayHaveEnded(other, refusedAt),
      isNeedless: (all) => all.some((other) => replaces(other, session)),
    });
  }

  #clientLost(session: StoredSession): void {
    const { client } = session;
    const notice: SharedNotice = {
      name: lostClientNotice,
      time: consentedAt,
      concerns: (other) => isSameClient(other.client, client),
      needsOtherClient: true,
    };
    this.#tellOnce(session, lostClient(client, configuredClientId()), notice);
  }

  /**
   * Called each time that the session has given a valid access token. Warns the user if the
   * session's refresh token ends soon, unless a later consent covers its scopes. One warning is about all
   * sessions of the account and app that end within a day of this one.
   */
  answered(session: StoredSession): void {
    // Spotify had refused the session by mistake. The user is told again of the next refusal.
    if (session.suspendedAt !== undefined) this.#logged(this.#releaseRefusals(session));
    const left = session.consentedAt + REFRESH_TOKEN_LIFETIME - Date.now() / 1000;
    const warning = WARNINGS.find((seconds) => left < seconds);
    if (warning === undefined) return;
    const days = Math.max(0, Math.ceil(left / DAY));
    const endsLater = (other: StoredSession) => other.consentedAt > session.consentedAt + DAY;
    this.#tellOnce(session, notices.endsSoon(session.account.label, days), {
      name: (one) => `${consent(one)} ${warning}`,
      time: consentedAt,
      concerns: (other) => isSibling(other, session) && !endsLater(other),
      isNeedless: (all) => all.some((other) => endsLater(other) && replaces(other, session)),
      consentedAfter: session.consentedAt + DAY,
    });
  }

  /** Called for a stored session that cannot be read. `key` is the key of its secret. */
  unreadable(key: string): void {
    const { store, log } = this.#options;
    this.#tell(`unreadable ${key}`, notices.unreadable(), {
      remove: () => store.removeUnreadable(key),
      showLog: () => log.show(),
    });
  }

  /** Called when the session with this id was stored, but no other window will find it. */
  notFound(id: string): void {
    this.#tell(`unlisted ${id}`, notices.notFound(), {});
  }

  /**
   * Called when SecretStorage has lost its secrets. `since` is the date since which it had kept
   * them (ISO 8601).
   */
  storageLost(since: string): void {
    this.#tell(`storage lost ${since}`, notices.storageLost(), {});
  }

  /** Called when the sessions have been read. The client ID may have changed since they were stored. */
  loaded(): void {
    this.clientChanged();
  }

  /** Called when the configured client ID may have changed. */
  clientChanged(): void {
    this.#logged(this.#offerNewClient());
  }

  /** Keeps the offer for a new client ID from being made: a sign-in with it follows. */
  claimNewClient(clientId: string): Promise<boolean> {
    return this.#options.claims.claim(this.#newClient(clientId));
  }

  /** The name of the offer to sign in with another client ID than before. */
  #newClient(clientId: string): string {
    return keyAt(this.#options.testServer, `new client ${clientId}`);
  }

  /**
   * Offers to sign in again with the configured client ID, if all sessions of apps that the user chose
   * have another one.
   */
  async #offerNewClient(): Promise<void> {
    const { store } = this.#options;
    const clientId = configuredClientId();
    if (clientId === undefined) return;
    const query = { scopes: [], accountId: undefined, preferredClientId: clientId };
    const accounts = matchingSessions(await store.list(), query);
    if (accounts.length === 0) return;
    if (accounts.some(([first]) => first?.client.id === clientId)) {
      return this.#options.claims.release(this.#newClient(clientId));
    }
    const signInAgain = () => this.#signInAgain(accounts.flat(), ownClient(clientId));
    this.#tell(this.#newClient(clientId), notices.clientChanged(clientId), { signInAgain });
  }

  /** Shows a message about the session and the others that it concerns, unless it was shown before. */
  #tellOnce(session: StoredSession, message: Message, notice: SharedNotice): void {
    const { store, claims } = this.#options;
    const claim = async () => claimShared(claims, notice, session, await store.all());
    const signInAgain = async () => {
      const client = notice.needsOtherClient ? configuredClient() : session.client;
      const concerned = concernedBy(notice, session, await store.all());
      await this.#signInAgain(concerned, client, notice.consentedAfter);
    };
    // Another client ID may have been set up since the message.
    const isStillLost = () => configuredClientId() === session.client.id;
    const setUpClientId = () => (isStillLost() ? openSetUp() : signInAgain());
    this.#show(claim(), message, { signInAgain, setUpClientId });
  }

  #tell(name: string, message: Message, handlers: Handlers): void {
    this.#show(this.#options.claims.claim(name), message, handlers);
  }

  #show(claim: Promise<boolean>, message: Message, handlers: Handlers): void {
    const show = async () => {
      if (await claim) await showMessage('warning', message, handlers, this.#options.log);
    };
    this.#logged(show());
  }

  /** Signs in again with each account of the sessions, for all scopes that they have together. */
  async #signInAgain(
    sessions: readonly StoredSession[],
    client: Client | undefined,
    consentedAfter = 0,
  ): Promise<void> {
    const { store, signIn } = this.#options;
    for (let left = sessions; left[0];) {
      const { account } = left[0];
      const isOfAccount = (one: StoredSession) => isSameAccount(one.account, account);
      const request = {
        scopes: allScopes(left.filter(isOfAccount)),
        account,
        client,
        consentedAfter,
      };
      // A user who cancels one sign-in may not want the others.
      if (!(await unlessAnswered(request, store, () => signIn.run(request)))) return;
      left = left.filter((one) => !isOfAccount(one));
    }
  }

  /** Lets the next refusal of the session, and of those that were claimed with it, be told again. */
  async #releaseRefusals(session: StoredSession): Promise<void> {
    const { store, claims } = this.#options;
    await Promise.all([refusal, lostClientNotice].map((name) => claims.release(name(session))));
    for (const other of await store.all()) {
      if (other.suspendedAt !== undefined) continue;
      if (isSibling(other, session)) await claims.release(refusal(other));
      if (isSameClient(other.client, session.client)) await claims.release(lostClientNotice(other));
    }
  }

  #logged(task: Promise<void>): void {
    task.catch((error: unknown) => this.#options.log.error(describeError(error)));
  }
}

const lostClientNotice = (session: StoredSession) => `lost client of ${consent(session)}`;

/**
 * The name of the notice that Spotify has refused the session. After a refresh it is another name, so
 * that the user is told of the next refusal.
 */
const refusal = (session: StoredSession) =>
  `${session.refreshedAt === undefined ? consent(session) : `${session.id} ${session.refreshedAt}`} refused`;

/**
 * The name of a consent in the names of notices. A later consent of the same session has another
 * name, so that the user is told again.
 */
const consent = ({ id, consentedAt }: StoredSession) => `${id} ${Math.floor(consentedAt)}`;
