import { isInvalidGrant } from '../auth/errors.ts';
import { isExpired } from '../auth/tokenInfo.ts';
import { isCodeUnused } from '../auth/transientErrors.ts';
import type { Client } from '../common/client.ts';
import type { Log } from '../common/log.ts';
import type { Consent, SignedIn } from '../sessions/newSession.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import {
  NotStoredError,
  UnexchangedCodeError,
  type UnexchangedConsent,
  UnfinishedSignInError,
} from './errors.ts';

/** A consent is used later only if its token lasts longer than this, in seconds. */
const TOO_SHORT = 60;
/** A code that was received longer ago is not exchanged, because it has expired. In milliseconds. */
const CODE_LIFETIME_MS = 5 * 60 * 1000;

/** A consent that is not a session yet, since Spotify has not given its token or its account. */
export type OpenConsent = Consent | UnexchangedConsent;

/** Options of {@link exchange}. */
export interface ExchangeControl {
  readonly signal: AbortSignal;
  /** Called when Spotify asks to wait before the code is exchanged, with the milliseconds. */
  readonly onRateLimit?: (pauseMs: number) => void;
}

/**
 * Exchanges the code of a consent.
 * @throws UnexchangedCodeError if the code may be exchanged later. Otherwise as `exchangeCode`.
 */
export async function exchange(
  consent: UnexchangedConsent,
  { signal, onRateLimit }: ExchangeControl,
): Promise<Consent> {
  const { client, scopes, auth, code } = consent;
  try {
    return { client, scopes, token: await auth.exchangeCode(code, { signal, onRateLimit }) };
  } catch (error) {
    throw isCodeUnused(error) ? new UnexchangedCodeError(consent, error) : error;
  }
}

/** Like {@link exchange}, but later. Resolves with undefined if the code is no longer valid. */
export async function exchangeAgain(
  consent: OpenConsent,
  control: ExchangeControl,
  log: Log,
): Promise<Consent | undefined> {
  if ('token' in consent) return consent;
  try {
    return await exchange(consent, control);
  } catch (error) {
    if (!isInvalidGrant(error)) throw error;
    log.info('The code of the earlier consent is no longer valid.');
    return undefined;
  }
}

/**
 * Stores the session of a sign-in. Resolves with undefined if it was signed out meanwhile.
 * @throws NotStoredError if SecretStorage refuses it.
 */
export async function storeSession(
  store: SessionStore,
  session: Omit<StoredSession, 'revision'>,
  signedIn: SignedIn,
): Promise<StoredSession | undefined> {
  try {
    return await store.put(session);
  } catch (error) {
    throw new NotStoredError(error, signedIn);
  }
}

/**
 * Consents that are not sessions yet, by the key of the request: Spotify has not issued the token or named
 * the account, or the session could not be stored. They are only in memory.
 */
export class KeptConsents {
  readonly #consents = new Map<string, OpenConsent>();

  /** Keeps the consent of a sign-in that has failed with this error, if the error has one. */
  keep(key: string, error: unknown): void {
    if (!(error instanceof UnfinishedSignInError)) return;
    const consent = (error as UnfinishedSignInError).consent();
    if (consent) this.#consents.set(key, consent);
  }

  /** Removes all consents. */
  clear(): void {
    this.#consents.clear();
  }

  /** Removes the consent and returns it, if it is still usable with the client. */
  take(key: string, wanted: Client | undefined): OpenConsent | undefined {
    const consent = this.#consents.get(key);
    this.#consents.delete(key);
    return consent && isUsable(consent, wanted) ? consent : undefined;
  }
}

function isUsable(consent: OpenConsent, wanted: Client | undefined): boolean {
  if (wanted !== undefined && wanted.id !== consent.client.id) return false;
  if ('token' in consent) return !isExpired(consent.token, TOO_SHORT);
  return Date.now() - consent.receivedAt < CODE_LIFETIME_MS;
}
