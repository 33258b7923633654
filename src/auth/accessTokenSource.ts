import type { TokenCache } from './tokenCache.ts';
import { isExpired, type TokenInfo } from './tokenInfo.ts';

/** What an {@link AccessTokenSource} needs to know of its grant. */
export interface AccessTokenSourceOptions {
  readonly cache: TokenCache;
  /** How long before its end a token counts as expired, in seconds. */
  readonly expirySkewSeconds: number;
  /** Gets a new token; `cached` is the expired one, where there is one. */
  readonly renew: (cached: TokenInfo | undefined) => Promise<TokenInfo>;
}

/**
 * A fresh token on demand: the cached one while it lasts, else a new one, asked for once however
 * many callers wait. A failure is shared by those who waited for it and then forgotten.
 */
export class AccessTokenSource {
  readonly #options: AccessTokenSourceOptions;
  #inFlight: Promise<TokenInfo> | undefined;

  constructor(options: AccessTokenSourceOptions) {
    this.#options = options;
  }

  get(): Promise<TokenInfo> {
    this.#inFlight ??= this.#freshToken().finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }

  async #freshToken(): Promise<TokenInfo> {
    const { cache, expirySkewSeconds, renew } = this.#options;
    const cached = await cache.get();
    if (cached && !isExpired(cached, expirySkewSeconds)) return cached;
    const renewed = await renew(cached);
    // Stored before anyone sees it: a rotated refresh token that is lost ends the session.
    await cache.set(renewed);
    return renewed;
  }
}
