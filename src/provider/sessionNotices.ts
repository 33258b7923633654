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
/** How long before the end of a refresh token the user is warned, in seconds. */
const WARNINGS = [3 * DAY, 14 * DAY];

/** What {@link SessionNotices} works with. */
export interface SessionNoticesOptions {
  readonly store: SessionStore;
  readonly signIn: Pick<SignInRequests, 'run'>;
  readonly claims: NoticeClaims;
  readonly log: Log & { show(): void };
}

/** Tells the user what happened to a session: once, however many windows and calls notice it. */
export class SessionNotices {
  readonly #options: SessionNoticesOptions;

  constructor(options: SessionNoticesOptions) {
    this.#options = options;
  }

  /** Called when Spotify has refused the session's refresh token. */
  refused(session: StoredSession): void {
    this.#tell(refusal(session), notices.ended(session.account.label), this.#signInAgain(session));
  }

  /** Called for every token that the session gives. Warns when its refresh token ends soon. */
  answered(session: StoredSession): void {
    // The refusal was a false alarm. The user is told of the next one again.
    if (session.suspendedAt !== undefined) this.#release(refusal(session));
    const left = session.consentedAt + REFRESH_TOKEN_LIFETIME - Date.now() / 1000;
    const warning = WARNINGS.find((seconds) => left < seconds);
    if (warning === undefined) return;
    const days = Math.max(0, Math.ceil(left / DAY));
    const message = notices.endsSoon(session.account.label, days);
    this.#tell(`${consent(session)} ${warning}`, message, this.#signInAgain(session));
  }

  /** Called when the session's refresh has failed. Tells of an unknown client ID only. */
  failed(session: StoredSession, error: unknown): void {
    if (!isInvalidClient(error)) return;
    const message = unknownClient(session.client, 'session');
    this.#tell(`client of ${consent(session)}`, message, {});
  }

  /** Called for a stored session that cannot be read. */
  unreadable(key: string): void {
    const { store, log } = this.#options;
    this.#tell(`unreadable ${key}`, notices.unreadable(), {
      remove: () => store.removeUnreadable(key),
      showLog: () => log.show(),
    });
  }

  /** Called when SecretStorage has lost what it had kept since the date `since` (ISO 8601). */
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

/** Names the consent, so that the user is told again about a later consent of the same session. */
const consent = ({ id, consentedAt }: StoredSession) => `${id} ${Math.floor(consentedAt)}`;
