import { isInvalidClient } from '../auth/errors.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import type { Message } from '../messages/message.ts';
import { notices } from '../messages/notices.ts';
import { unknownClient } from '../messages/tokenFailures.ts';
import type { NoticeClaims } from '../sessions/acrossWindows.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import { REFRESH_TOKEN_LIFETIME } from '../sessions/sessionTimes.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import type { SignInRequests } from '../signIn/signInRequests.ts';
import { type Handlers, showMessage } from '../messages/showMessage.ts';

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

  /** Says that Spotify has refused the session's refresh token, and offers to sign in again. */
  refused(session: StoredSession): void {
    this.#tell(refusal(session), notices.ended(session.account.label), this.#signInAgain(session));
  }

  /**
   * Called each time that the session has given a valid access token. Warns the user if the
   * session's refresh token ends soon.
   */
  answered(session: StoredSession): void {
    // Spotify had refused the session by mistake. The user is told again of the next refusal.
    if (session.suspendedAt !== undefined) this.#release(refusal(session));
    const left = session.consentedAt + REFRESH_TOKEN_LIFETIME - Date.now() / 1000;
    const warning = WARNINGS.find((seconds) => left < seconds);
    if (warning === undefined) return;
    const days = Math.max(0, Math.ceil(left / DAY));
    const message = notices.endsSoon(session.account.label, days);
    this.#tell(`${consent(session)} ${warning}`, message, this.#signInAgain(session));
  }

  /**
   * Called when the refresh of the session has failed. Tells the user only if Spotify does not know
   * the client ID.
   */
  failed(session: StoredSession, error: unknown): void {
    if (!isInvalidClient(error)) return;
    const message = unknownClient(session.client, 'session');
    this.#tell(`client of ${consent(session)}`, message, {});
  }

  /** Called for a stored session that cannot be read. `key` is the key of its secret. */
  unreadable(key: string): void {
    const { store, log } = this.#options;
    this.#tell(`unreadable ${key}`, notices.unreadable(), {
      remove: () => store.removeUnreadable(key),
      showLog: () => log.show(),
    });
  }

  /**
   * Called when SecretStorage has lost its secrets. `since` is the date since which it had kept
   * them (ISO 8601).
   */
  storageLost(since: string): void {
    this.#tell(`storage lost ${since}`, notices.storageLost(), {});
  }

  #signInAgain({ scopes, account, client }: StoredSession): Handlers {
    return {
      signInAgain: () =>
        this.#options.signIn.run({ scopes, account, client }).catch(() => undefined),
    };
  }

  #tell(name: string, message: Message, handlers: Handlers): void {
    const { claims, log } = this.#options;
    claims
      .claim(name)
      .then((isFirst) => (isFirst ? showMessage('warning', message, handlers, log) : undefined))
      .catch((error: unknown) => log.error(describeError(error)));
  }

  #release(name: string): void {
    const { claims, log } = this.#options;
    claims.release(name).catch((error: unknown) => log.error(describeError(error)));
  }
}

const refusal = (session: StoredSession) => `${consent(session)} refused`;

/**
 * The name of a consent in the names of notices. A later consent of the same session has another
 * name, so that the user is told again.
 */
const consent = ({ id, consentedAt }: StoredSession) => `${id} ${Math.floor(consentedAt)}`;
