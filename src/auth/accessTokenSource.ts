import { isInvalidGrant } from './errors.ts';
import { delay } from './abortable.ts';
import { isExpired, type TokenCache, type TokenInfo } from './tokenInfo.ts';

/** Options of {@link AccessTokenSource}. */
interface AccessTokenSourceOptions {
  /** Undefined: the source itself keeps the token, in memory. */
  readonly cache: TokenCache | undefined;
  /** A token counts as expired this many seconds before it expires. */
  readonly expirySkewSeconds: number;
  /** Requests a new token. `cached` is the expired token; undefined if there was none. */
  readonly renew: (cached: TokenInfo | undefined) => Promise<TokenInfo>;
}

/** Pauses before each look into a shared cache: another process may be about to store its token. */
const REPLACEMENT_PAUSES_MS = [0, 100, 400];

/**
 * Returns the cached token until it expires, then requests a new one. Callers that wait at the same
 * time share one request, and its error.
 */
export class AccessTokenSource {
  readonly #options: AccessTokenSourceOptions;
  #inFlight: Promise<TokenInfo> | undefined;
  /** The newest token: until the cache has stored it, or for good if there is no cache. */
  #token: TokenInfo | undefined;
  #stores = 0;
  /** Resolves when every call of `cache.set` has ended. Never rejects. */
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
   * Replaces the token, also one that is being requested. If `cache.set` fails, rejects with its
   * error, and the next `get` calls `set` again: losing a rotated refresh token ends the session.
   */
  store(token: TokenInfo): Promise<void> {
    this.#stores++;
    this.#token = token;
    const { cache } = this.#options;
    if (!cache) return Promise.resolve();
    // One after the other: of two at once the older token could be stored last.
    const stored = this.#storing.then(() => cache.set(token));
    this.#storing = stored.catch(() => undefined);
    return stored.then(() => {
      if (this.#token === token) this.#token = undefined;
    });
  }

  async #freshToken(): Promise<TokenInfo> {
    if (this.#token) await this.store(this.#token);
    const cached = await this.#cached();
    if (this.#isFresh(cached)) return cached;
    const stores = this.#stores;
    const newer = await this.#renewed(cached);
    // The user signed in meanwhile: the renewed token belongs to the consent before that.
    if (stores !== this.#stores) return this.#freshToken();
    if (newer.isStored) return newer.token;
    await this.store(newer.token);
    return newer.token;
  }

  /** Renews the token. If another process has used the refresh token, continues with that process's. */
  async #renewed(cached: TokenInfo | undefined): Promise<{ token: TokenInfo; isStored: boolean }> {
    const { renew } = this.#options;
    try {
      return { token: await renew(cached), isStored: false };
    } catch (error) {
      const replacement = isInvalidGrant(error) ? await this.#replacementOf(cached) : undefined;
      if (!replacement) throw error;
      const isStored = this.#isFresh(replacement);
      return { token: isStored ? replacement : await renew(replacement), isStored };
    }
  }

  /** Returns a cached token with another refresh token than `used`; undefined if none appears. */
  async #replacementOf(used: TokenInfo | undefined): Promise<TokenInfo | undefined> {
    for (const pauseMs of REPLACEMENT_PAUSES_MS) {
      await delay(pauseMs);
      const found = await this.#cached();
      if (found && found.refreshToken !== used?.refreshToken) return found;
    }
    return undefined;
  }

  /** Many caches return null instead of undefined. */
  async #cached(): Promise<TokenInfo | undefined> {
    const { cache } = this.#options;
    return cache ? ((await cache.get()) ?? undefined) : this.#token;
  }

  #isFresh(token: TokenInfo | undefined): token is TokenInfo {
    return token !== undefined && !isExpired(token, this.#options.expirySkewSeconds);
  }
}
