/** An access token, with the fields that came with it. */
export interface TokenInfo {
  /** For the header `Authorization: Bearer …` of requests to the Web API. */
  readonly accessToken: string;
  /** Seconds since the epoch; may be a fraction. */
  readonly expiresAt: number;
  /** Brings another access token. Missing for the app's own token. */
  readonly refreshToken?: string;
  /**
   * The granted scopes, separated by spaces. If Spotify's answer names none, those that the authorization
   * URL asked for (RFC 6749 section 5.1).
   */
  readonly scope?: string;
  /** When the user agreed, in seconds since the epoch: refreshing ends six months later. */
  readonly consentedAt?: number;
}

/**
 * Whether `token` has expired or expires within `skewSeconds`. True if `accessToken` is empty, or
 * `expiresAt` is not a number.
 */
export function isExpired(token: TokenInfo, skewSeconds: number): boolean {
  return !(token.accessToken && Date.now() / 1000 < token.expiresAt - skewSeconds);
}

/** Where a cached token comes from. */
export interface TokenOrigin {
  /** The app that the token was issued to. */
  readonly clientId: string;
  /** Whether it is the app's own token (RFC 6749 section 4.4), not that of a user. */
  readonly isApp: boolean;
}

/** Stores one token, so each user needs a cache. Programs may implement their own. */
export interface TokenCache {
  /** Returns the token; undefined if there is none. */
  get(): TokenInfo | undefined | Promise<TokenInfo | undefined>;
  /** Replaces the token. The providers await it before they return a new token. */
  set(token: TokenInfo): void | Promise<void>;
  /** Removes the token. If this is missing, `signOut` stores an expired token without any text. */
  clear?(): void | Promise<void>;
  /**
   * Marks `token` as expired, unless the cache has another one. If this is missing, `get` and `set` do it: then
   * a token that another process stores between the two is lost.
   */
  expire?(token: TokenInfo): void | Promise<void>;
  /** Why the last `get` found no token where there should be one: a part of the error that follows. */
  readonly fault?: string | undefined;
  /** Returns a view of this cache that tells tokens of `origin` from others. */
  forOrigin?(origin: TokenOrigin): TokenCache;
}

/** Keeps the token in memory. */
export class InMemoryTokenCache implements TokenCache {
  #token: TokenInfo | undefined;

  /** Returns the token; undefined if there is none. */
  get(): TokenInfo | undefined {
    return this.#token;
  }

  /** Replaces the token. */
  set(token: TokenInfo): void {
    this.#token = token;
  }

  /** Removes the token. */
  clear(): void {
    this.#token = undefined;
  }
}

/** Returns the token as one that has expired. */
export function expired(token: TokenInfo): TokenInfo {
  return { ...token, expiresAt: Math.min(token.expiresAt, Date.now() / 1000) };
}

/** A token whose answer names no scope has the requested one (RFC 6749 section 5.1). */
export function withScope(token: TokenInfo, requested: string): TokenInfo {
  return token.scope || !requested ? token : { ...token, scope: requested };
}

/**
 * How long a refresh token lasts after the consent, in seconds. Spotify says six months. This is the
 * length of the shortest six months of a year.
 */
export const REFRESH_TOKEN_LIFETIME = 181 * 24 * 3600;
