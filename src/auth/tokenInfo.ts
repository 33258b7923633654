/** An access token, with the fields that came with it. */
export interface TokenInfo {
  readonly accessToken: string;
  /** Seconds since the epoch; may be a fraction. */
  readonly expiresAt: number;
  readonly refreshToken?: string;
  /** The granted scopes, separated by spaces. */
  readonly scope?: string;
}

/** Whether `token` has expired or expires within `skewSeconds`. True if `expiresAt` is not a number. */
export function isExpired(token: TokenInfo, skewSeconds: number): boolean {
  return !(Date.now() / 1000 < token.expiresAt - skewSeconds);
}

/** Stores one token. Programs may implement their own. */
export interface TokenCache {
  get(): TokenInfo | undefined | Promise<TokenInfo | undefined>;
  set(token: TokenInfo): void | Promise<void>;
}

/** Keeps the token in memory. */
export class InMemoryTokenCache implements TokenCache {
  #token: TokenInfo | undefined;

  get(): TokenInfo | undefined {
    return this.#token;
  }

  set(token: TokenInfo): void {
    this.#token = token;
  }
}
