import { isInvalidGrant } from './errors.ts';
import { delay } from './abortable.ts';
import { isExpired, type TokenCache, type TokenInfo } from './tokenInfo.ts';

/** What an {@link AccessTokenSource} needs to know of its grant. */
export interface AccessTokenSourceOptions {
  readonly cache: TokenCache;
  /** How long before its end a token counts as expired, in seconds. */
  readonly expirySkewSeconds: number;
  /** Gets a new token; `cached` is the expired one, where there is one. */
  readonly renew: (cached: TokenInfo | undefined) => Promise<TokenInfo>;
}

/** When to look for the token that another process has got and may be about to store. */
const LOOK_AGAIN_AFTER_MS = [0, 100, 400];

/**
 * A fresh token on demand: the cached one while it lasts, else a new one, asked for once however
 * many callers wait. A failure is shared by those who waited for it and then forgotten.
 */
export class AccessTokenSource {
  readonly #options: AccessTokenSourceOptions;
  #inFlight: Promise<TokenInfo> | undefined;
  /** The newest token, until the cache has taken it. */
  #unstored: TokenInfo | undefined;
  #stores = 0;
  /** Ends when the cache has nothing more to take. Never rejects. */
  #storing: Promise<void> = Promise.resolve();

  constructor(options: AccessTokenSourceOptions) {
    this.#options = options;
  }

  get(): Promise<TokenInfo> {
    this.#inFlight ??= this.#freshToken().finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }

  /**
   * Keeps `token` in place of whatever there is, or is being asked for. Where the cache refuses,
   * this rejects with its error, and the next `get` offers it the token again: a rotated refresh
   * token that is lost ends the session.
   */
  store(token: TokenInfo): Promise<void> {
    this.#stores++;
    this.#unstored = token;
    // Of two that overlap the older one could come to an end last, and stay.
    const stored = this.#storing.then(() => this.#options.cache.set(token));
    this.#storing = stored.catch(() => undefined);
    return stored.then(() => {
      if (this.#unstored === token) this.#unstored = undefined;
    });
  }

  async #freshToken(): Promise<TokenInfo> {
    if (this.#unstored) await this.store(this.#unstored);
    const cached = await this.#cached();
    if (this.#isFresh(cached)) return cached;
    const stores = this.#stores;
    const newer = await this.#renewed(cached);
    // A sign-in came in between; what was renewed belongs to the consent before it.
    if (stores !== this.#stores) return this.#freshToken();
    if (newer.isStored) return newer.token;
    await this.store(newer.token);
    return newer.token;
  }

  /** Where another process has used up the refresh token, the one it got instead serves. */
  async #renewed(cached: TokenInfo | undefined): Promise<{ token: TokenInfo; isStored: boolean }> {
    const { renew } = this.#options;
    try {
      return { token: await renew(cached), isStored: false };
    } catch (error) {
      const theirs = isInvalidGrant(error) ? await this.#replacementOf(cached) : undefined;
      if (!theirs) throw error;
      const isStored = this.#isFresh(theirs);
      return { token: isStored ? theirs : await renew(theirs), isStored };
    }
  }

  async #replacementOf(used: TokenInfo | undefined): Promise<TokenInfo | undefined> {
    for (const pauseMs of LOOK_AGAIN_AFTER_MS) {
      await delay(pauseMs);
      const found = await this.#cached();
      if (found && found.refreshToken !== used?.refreshToken) return found;
    }
    return undefined;
  }

  /** Many stores say null where there is nothing. */
  async #cached(): Promise<TokenInfo | undefined> {
    return (await this.#options.cache.get()) ?? undefined;
  }

  #isFresh(token: TokenInfo | undefined): token is TokenInfo {
    return token !== undefined && !isExpired(token, this.#options.expirySkewSeconds);
  }
}
