import type { AuthorizationCode } from '../auth/authorizationCode.ts';
import type { FlowName } from '../common/configuration.ts';
import type { RedirectUriFault } from '../common/redirectUri.ts';
import type { Consent } from '../sessions/newSession.ts';
import type { Account } from '../sessions/storedSession.ts';

/** The user did not answer on Spotify's page in time. */
export class SignInTimeoutError extends Error {
  override readonly name = 'SignInTimeoutError';

  constructor() {
    super('Spotify’s page was not answered in time.');
  }
}

/** The redirect URI of the settings cannot be used. */
export class RedirectUriError extends Error {
  override readonly name = 'RedirectUriError';
  readonly fault: RedirectUriFault;
  readonly redirectUri: string;

  constructor(fault: RedirectUriFault, redirectUri: string) {
    super(`The redirect URI of the settings cannot be used (${fault}).`);
    this.fault = fault;
    this.redirectUri = redirectUri;
  }
}

/** Why Spotify refuses an account to an app in development mode. */
export type AccountRefusalReason = 'notListed' | 'ownerNeedsPremium';

/**
 * Spotify has issued a token, but its Web API refuses that token with status 403.
 * https://developer.spotify.com/documentation/web-api/concepts/quota-modes
 */
export class AccountRefusedError extends Error {
  override readonly name = 'AccountRefusedError';
  readonly reason: AccountRefusalReason;

  constructor(reason: AccountRefusalReason) {
    super(
      reason === 'notListed'
        ? 'The Spotify account is not on the user list of the app.'
        : 'The owner of the Spotify app needs Spotify Premium.',
    );
    this.reason = reason;
  }
}

/** A sign-in has failed after the user’s consent, which the next try can use. */
export class UnfinishedSignInError<T = Consent | UnexchangedConsent | undefined> extends Error {
  readonly #consent: T;

  constructor(message: string, cause: unknown, consent: T) {
    super(message, { cause });
    this.#consent = consent;
  }

  /** Returns the consent. It is a method, so that a printed error shows no token and no code. */
  consent(): T {
    return this.#consent;
  }
}

/** Spotify has issued a token, but cannot tell at the moment which account the token belongs to. */
export class AccountUnansweredError extends UnfinishedSignInError<Consent> {
  override readonly name = 'AccountUnansweredError';

  constructor(consent: Consent, cause: unknown) {
    super('Spotify cannot name the account of the token at the moment.', cause, consent);
  }
}

/** A consent whose code could not be exchanged for a token yet. */
export interface UnexchangedConsent extends Omit<Consent, 'token'> {
  readonly code: string;
  /** Has the code verifier. */
  readonly auth: AuthorizationCode;
  /** When this window received the code, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** The user has agreed, but Spotify cannot be asked for the token at the moment. */
export class UnexchangedCodeError extends UnfinishedSignInError<UnexchangedConsent> {
  override readonly name = 'UnexchangedCodeError';

  constructor(consent: UnexchangedConsent, cause: unknown) {
    super('The code of the sign-in could not be exchanged.', cause, consent);
  }
}

/** VS Code refuses to store what Spotify has issued, or the client secret that the user has entered. */
export class NotStoredError extends UnfinishedSignInError<Consent | undefined> {
  override readonly name = 'NotStoredError';

  /** @param consent The consent of a session that was not stored; undefined for a client secret. */
  constructor(cause: unknown, consent?: Consent) {
    super('VS Code refuses to store a secret.', cause, consent);
  }
}

/** The user has signed in with another account than the one that was requested. */
export class WrongAccountError extends Error {
  override readonly name = 'WrongAccountError';
  readonly account: Account;

  constructor(account: Account) {
    super('Another account signed in than the one that was requested.');
    this.account = account;
  }
}

/**
 * A change with which a sign-in starts again: another flow, another client ID, or scopes left out.
 */
export type Change =
  | { readonly flow: FlowName }
  | { readonly clientId: string }
  | { readonly without: readonly string[] };

/** Ends one try of a sign-in. The sign-in starts again with a change that the user has chosen. */
export class RestartSignIn extends Error {
  override readonly name = 'RestartSignIn';
  readonly change: Change;

  constructor(change: Change) {
    super('The sign-in starts again.');
    this.change = change;
  }
}
