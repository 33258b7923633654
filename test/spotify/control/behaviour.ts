/** Six months in seconds. Spotify names no exact number; six months have at most 184 days. */
export const SIX_MONTHS = 184 * 24 * 3600;

/** How the stand-in behaves where Spotify has behaved in more than one way, and who agrees. */
export interface Behaviour {
  /**
   * What happens at the authorize endpoint: `ask` shows the consent page, unless the browser's user
   * has approved before; the others answer at once, without any page and whatever `show_dialog` says.
   */
  consent: 'ask' | 'deny' | { agreeAs: string };
  /** Each refresh of a PKCE client replaces the refresh token, as until June 2026 (observed). */
  rotateRefreshTokens: boolean;
  /** Token answers lack `scope` (observed 2026-05 on refreshing; RFC 6749 section 5.1 allows it). */
  omitScope: boolean;
  /** Lifetime of an access token in seconds. */
  expiresIn: number;
  /** Lifetime of an authorization code in seconds. Spotify does not publish its own. */
  codeLifetime: number;
  /** How long refreshing works after an authorization, in seconds (Spotify, blog of 2026-06-18). */
  authorizationLifetime: number;
  /** Captures grew from 86 to over 600 characters; clients must not count on a length. */
  accessTokenLength: number;
  /** Development mode keeps the fields removed in February 2026, as some apps see (observed). */
  legacyProfileFields: boolean;
  /** Profiles lack `account_id`, as before May 2026. */
  omitAccountId: boolean;
}

/** Spotify as of late 2026. */
export function defaultBehaviour(): Behaviour {
  return {
    consent: 'ask',
    rotateRefreshTokens: false,
    omitScope: false,
    expiresIn: 3600,
    codeLifetime: 600,
    authorizationLifetime: SIX_MONTHS,
    accessTokenLength: 220,
    legacyProfileFields: false,
    omitAccountId: false,
  };
}
