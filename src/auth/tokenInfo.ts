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

/** Where one token is kept. Any object of this shape works. */
export interface TokenCache {
  get(): TokenInfo | undefined | Promise<TokenInfo | undefined>;
  set(token: TokenInfo): void | Promise<void>;
}

/** Keeps the token as long as the process lives. */
export class InMemoryTokenCache implements TokenCache {
  #token: TokenInfo | undefined;

  get(): TokenInfo | undefined {
    return this.#token;
  }

  set(token: TokenInfo): void {
    this.#token = token;
  }
}
