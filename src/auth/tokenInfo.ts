/** An access token and what is known of it. */
export interface TokenInfo {
  readonly accessToken: string;
  /** Seconds since the epoch, fractions allowed. */
  readonly expiresAt: number;
  readonly refreshToken?: string;
  /** The scopes that were granted, separated by spaces. */
  readonly scope?: string;
}

/** Whether `token` has expired, or will within `skewSeconds`; one that names no time has. */
export function isExpired(token: TokenInfo, skewSeconds: number): boolean {
  return !(Date.now() / 1000 < token.expiresAt - skewSeconds);
}
