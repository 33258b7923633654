import type { Client } from '../common/client.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import type { FlowFault } from '../messages/flows.ts';
import type { RedirectUriFault } from '../common/redirectUri.ts';

/** Nobody answered on Spotify's page in time. */
export class SignInTimeoutError extends Error {
  override readonly name = 'SignInTimeoutError';

  constructor() {
    super('Nobody answered on Spotify’s page in time.');
  }
}

/** A way back cannot be opened here, so that the browser was not opened either; another may work. */
export class FlowUnavailableError extends Error {
  override readonly name = 'FlowUnavailableError';
  readonly fault: FlowFault;
  readonly port: number;

  constructor(fault: FlowFault, port: number, options?: ErrorOptions) {
    super(`The way back by port ${port} cannot be opened (${fault}).`, options);
    this.fault = fault;
    this.port = port;
  }
}

/** The redirect URI of the settings is of no use. */
export class RedirectUriError extends Error {
  override readonly name = 'RedirectUriError';
  readonly fault: RedirectUriFault;
  readonly redirectUri: string;

  constructor(fault: RedirectUriFault, redirectUri: string) {
    super(`The redirect URI of the settings is of no use (${fault}).`);
    this.fault = fault;
    this.redirectUri = redirectUri;
  }
}

/** Why Spotify lets an app in development mode serve nobody, or not this person. */
export type AccountRefusalReason = 'notListed' | 'ownerNeedsPremium';

/**
 * Spotify took the consent and issued a token, but its Web API answers 403 to it.
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

/** What a person has agreed to, and got; whose it is, is not known yet. */
export interface Consent {
  readonly client: Client;
  readonly scopes: readonly string[];
  readonly token: TokenInfo;
}

/** Spotify has issued a token, and cannot say at the moment whose it is. */
export class AccountUnansweredError extends Error {
  override readonly name = 'AccountUnansweredError';
  readonly #consent: Consent;

  constructor(consent: Consent, cause: unknown) {
    super('Spotify cannot say at the moment whose token it is.', { cause });
    this.#consent = consent;
  }

  /** A method, so that no printed error shows a token. */
  consent(): Consent {
    return this.#consent;
  }
}
