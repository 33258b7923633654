import type { ProviderOptions } from './authProvider.ts';
import { ConfigurationError } from './errors.ts';
import { callProgram, warnProgram } from './programCallback.ts';
import { redactor } from './redaction.ts';
import { taskQueue } from './taskQueue.ts';
import {
  expired,
  InMemoryTokenCache,
  type TokenCache,
  type TokenInfo,
  type TokenOrigin,
} from './tokenInfo.ts';

/** The options of a provider that a {@link TokenStore} uses. */
export type TokenStoreOptions = Pick<ProviderOptions, 'tokenCache' | 'onCacheError'>;

/** The program's token cache, and in memory what the cache does not hold. */
export class TokenStore {
  readonly #cache: TokenCache;
  readonly #isApp: boolean;
  readonly #onCacheError: (error: unknown, token: TokenInfo) => void;
  /** The newest token, until the cache has stored it. */
  #unsaved: TokenInfo | undefined;
  /** Whether only `#unsaved` has its refresh token. */
  #isOnlyCopy = false;
  /** The newest token with a refresh token. */
  #lastConsent: TokenInfo | undefined;
  #hasToldError = false;
  /** Runs one write after the other: of two at once the older token could be stored last. */
  readonly #inTurn = taskQueue();

  constructor(options: TokenStoreOptions, origin: TokenOrigin) {
    const { onCacheError } = options;
    const tokenCache: TokenCache = options.tokenCache ?? new InMemoryTokenCache();
    this.#cache = tokenCache.forOrigin?.(origin) ?? tokenCache;
    this.#isApp = origin.isApp;
    this.#onCacheError = onCacheError ?? warn;
  }

  /** The newest token, if the cache could not store it. */
  get unsaved(): TokenInfo | undefined {
    return this.#unsaved;
  }

  /** The newest token with a refresh token, also after the cache has lost it. */
  get lastConsent(): TokenInfo | undefined {
    return this.#lastConsent;
  }

  /** Why the cache has no token where there should be one; undefined otherwise. */
  get fault(): string | undefined {
    return this.#cache.fault;
  }

  forgetConsent(): void {
    this.#lastConsent = undefined;
  }

  /**
   * Reads the cache. Rejects with the error of `cache.get`.
   * @throws ConfigurationError if the token of an app is wanted, and the cache has that of a user.
   */
  async read(): Promise<TokenInfo | undefined> {
    // Many caches return null instead of undefined.
    const token = (await this.#cache.get()) ?? undefined;
    if (!token?.refreshToken) return token;
    if (this.#isApp) throw userTokenError(this.#cache);
    this.#lastConsent = token;
    return token;
  }

  /**
   * Stores a token. If the cache cannot, the token stays in memory, and this rejects if `isOnlyCopy`.
   * @param isOnlyCopy Whether losing the token would end the user's session.
   * @throws ConfigurationError as {@link read} does, and if the cache itself throws one.
   */
  async save(token: TokenInfo, isOnlyCopy: boolean): Promise<void> {
    this.#unsaved = token;
    this.#isOnlyCopy = isOnlyCopy;
    if (token.refreshToken) this.#lastConsent = token;
    try {
      await this.#inTurn(async () => {
        // Another program may have stored the token of a user since.
        if (this.#isApp) await this.read();
        await this.#cache.set(token);
      });
    } catch (error) {
      if (isOnlyCopy || error instanceof ConfigurationError) throw error;
      this.#tellOnce(error, token);
      return;
    }
    this.#hasToldError = false;
    if (this.#unsaved === token) this.#unsaved = undefined;
  }

  /** Stores the token that the cache could not store, if its refresh token has no other copy. */
  async saveOnlyCopy(): Promise<void> {
    if (this.#unsaved && this.#isOnlyCopy) await this.save(this.#unsaved, true);
  }

  /**
   * Marks `token` in the cache as expired. Its refresh token stays. Does nothing if the cache has another token.
   * Tells no error of the cache: the refusal, which the program gets, matters more.
   */
  async expire(token: TokenInfo): Promise<void> {
    const { accessToken, refreshToken } = token;
    await this.#inTurn(async () => {
      if (this.#cache.expire) return this.#cache.expire(token);
      const found = await this.#cache.get();
      if (found?.accessToken !== accessToken || found.refreshToken !== refreshToken) return;
      await this.#cache.set(expired(found));
    }).catch(() => undefined);
  }

  /** Removes the token from memory and cache (see `TokenCache.clear`). Rejects with the cache's error. */
  async clear(): Promise<void> {
    this.#unsaved = undefined;
    this.#lastConsent = undefined;
    const cache = this.#cache;
    await this.#inTurn(async () => {
      await (cache.clear ? cache.clear() : cache.set({ accessToken: '', expiresAt: 0 }));
    });
  }

  /** Tells the program once, until the cache stores a token again. */
  #tellOnce(error: unknown, token: TokenInfo): void {
    if (this.#hasToldError) return;
    this.#hasToldError = true;
    const secrets = [token.accessToken, token.refreshToken ?? ''];
    callProgram('onCacheError', this.#onCacheError, [error, token], secrets);
  }
}

function warn(error: unknown, { accessToken, refreshToken = '' }: TokenInfo): void {
  const reason = redactor([accessToken, refreshToken])(String(error));
  const warning = `The token is kept in memory only, since the cache failed. ${reason}`;
  warnProgram(warning);
}

function userTokenError(cache: TokenCache): ConfigurationError {
  const place = 'path' in cache ? `The file ${String(cache.path)}` : 'The token cache';
  return new ConfigurationError(
    `${place} holds the token of a user. Use another for the app’s own token.`,
  );
}
