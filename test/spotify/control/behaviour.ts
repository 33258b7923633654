/** Six months in seconds. Spotify gives no exact number; six months have at most 184 days. */
export const SIX_MONTHS = 184 * 24 * 3600;

/** The choices between ways in which Spotify has behaved, and the answer of the user. */
export interface Behaviour {
  /**
   * The answer of the authorize endpoint. `ask` shows the consent page, unless the browser’s user has
   * approved before. The others redirect at once, even with `show_dialog`.
   */
  consent: 'ask' | 'deny' | { agreeAs: string };
  /** Whether refreshes of PKCE clients replace the refresh token, as until June 2026 (observed). */
  rotateRefreshTokens: boolean;
  /** Whether token answers lack `scope` (observed 2026-05 on refreshing; RFC 6749 section 5.1). */
  omitScope: boolean;
  /** Lifetime of an access token in seconds. */
  expiresIn: number;
  /** Lifetime of an authorization code in seconds. Spotify does not publish it. */
  codeLifetime: number;
  /** How long after the consent refreshing works, in seconds (Spotify, blog of 2026-06-18). */
  authorizationLifetime: number;
  /** Observed lengths are from 86 to over 600 characters. Clients must accept any length. */
  accessTokenLength: number;
  /** Whether development mode has the fields removed in February 2026, as for some apps (observed). */
  legacyProfileFields: boolean;
  /** Whether profiles lack `account_id`, as before May 2026. */
  omitAccountId: boolean;
  /**
   * Whether commands to the player answer 204 without a body, as Spotify documents. Since July 2024
   * they answer 200 with a text that is no JSON (observed 2024-07 to 2025-06).
   */
  silentPlayer: boolean;
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
    silentPlayer: false,
  };
}
