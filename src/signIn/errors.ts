/** Nobody answered on Spotify's page in time. */
export class SignInTimeoutError extends Error {
  override readonly name = 'SignInTimeoutError';

  constructor() {
    super('Nobody answered on Spotify’s page in time.');
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
