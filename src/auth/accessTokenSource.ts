import { delay, unlessAborted } from './abortable.ts';
import { expirySkew, type ProviderOptions } from './authProvider.ts';
import { isInvalidGrant } from './errors.ts';
import { callProgram } from './programCallback.ts';
import { RememberedRefusal } from './rememberedRefusal.ts';
import { isExpired, type TokenInfo, type TokenOrigin } from './tokenInfo.ts';
import { TokenStore, type TokenStoreOptions } from './tokenStore.ts';

/** Options of {@link AccessTokenSource}. */
interface AccessTokenSourceOptions
  extends TokenStoreOptions, Pick<ProviderOptions, 'onToken' | 'expirySkewSeconds'> {
  readonly origin: TokenOrigin;
  /** A refresh token that the program itself keeps. */
  readonly refreshToken?: string | undefined;
  /**
   * Requests a new token. `cached` is the expired token; undefined if there was none. `fault` is that of
   * the cache.
   */
  readonly renew: (cached: TokenInfo | undefined, fault: string | undefined) => Promise<TokenInfo>;
}

/**
 * A new token, and the older token whose refresh token was sent to get it. If another process got the
 * new token, `used` is that token, too.
 */
interface Renewed {
  readonly token: TokenInfo;
  readonly used: TokenInfo | undefined;
}

/** Pauses before each look into a shared cache: another process may be about to store its token. */
const REPLACEMENT_PAUSES_MS = [0, 100, 400];

/**
 * Returns the cached token until it expires, then requests a new one. Callers that wait at the same
 * time share one request, and its error.
 */
export class AccessTokenSource {
  readonly #options: AccessTokenSourceOptions;
  readonly #expirySkewSeconds: number;
  readonly #store: TokenStore;
  #inFlight: Promise<TokenInfo> | undefined;
  /** The access token that `get` returned last. */
  #returned: string | undefined;
  /** The access tokens that `renew` had to replace. A cache that cannot store may still return one. */
  readonly #refused = new Set<string>();
  /** Counts sign-ins and sign-outs: a token that was requested before one is not stored after it. */
  #consents = 0;
  readonly #refusal = new RememberedRefusal();

  constructor(options: AccessTokenSourceOptions) {
    this.#options = options;
    this.#expirySkewSeconds = expirySkew(options);
    this.#store = new TokenStore(options, options.origin);
  }

  /** An abort of `signal` ends this call only: it rejects with the signal's reason. */
  async get(signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    const shared = this.#sharedToken();
    const { accessToken } = await (signal ? unlessAborted(shared, signal) : shared);
    this.#returned = accessToken;
    return accessToken;
  }

  /** Replaces the access token `refused`, unless the cache has another one already. */
  async renew(refused = this.#returned): Promise<void> {
    const replaced = refused ?? (await this.#store.read())?.accessToken;
    if (replaced !== undefined) this.#refused.add(replaced);
    const { accessToken } = await this.#sharedToken();
    // The request that this call joined may have begun before the token was refused.
    if (accessToken === replaced) await this.#sharedToken();
  }

  /**
   * Stores the token of a sign-in, which also replaces one that is being requested. If the cache
   * fails, rejects with its error, and the next `get` stores the token.
   */
  async signedIn(token: TokenInfo): Promise<void> {
    this.#consents++;
    this.#refusal.forget();
    await this.#add(token, true);
  }

  /** Forgets the token, also one that is being requested, and removes it from the cache. */
  async signOut(): Promise<void> {
    this.#consents++;
    this.#refusal.forget();
    await this.#store.clear();
  }

  #sharedToken(): Promise<TokenInfo> {
    this.#inFlight ??= this.#freshToken().finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }

  async #freshToken(): Promise<TokenInfo> {
    await this.#store.saveOnlyCopy();
    const cached = await this.#store.read();
    if (cached && this.#isFresh(cached)) return cached;
    const { unsaved, lastConsent } = this.#store;
    if (unsaved && this.#isFresh(unsaved)) return unsaved;
    const consents = this.#consents;
    const { token, used } = await this.#renewed(cached?.refreshToken ? cached : lastConsent);
    // The user signed in or out meanwhile: the renewed token belongs to the consent before that.
    if (consents !== this.#consents) return this.#freshToken();
    if (token === used) return token;
    const kept = [undefined, used?.refreshToken, this.#options.refreshToken];
    await this.#add(token, !kept.includes(token.refreshToken));
    return token;
  }

  /** Renews the token. If another process has used the refresh token, continues with that process's. */
  async #renewed(used: TokenInfo | undefined): Promise<Renewed> {
    this.#refusal.throwIfRefused(used);
    try {
      return { token: await this.#request(used), used };
    } catch (error) {
      if (!isInvalidGrant(error)) throw error;
      const replacement = await this.#replacementOf(used);
      if (!replacement) {
        await this.#withdraw(used);
        throw error;
      }
      const token = this.#isFresh(replacement) ? replacement : await this.#request(replacement);
      return { token, used: replacement };
    }
  }

  async #request(used: TokenInfo | undefined): Promise<TokenInfo> {
    try {
      return await this.#options.renew(used, this.#store.fault);
    } catch (error) {
      // A token of the app has no refresh token that could be refused.
      if (!this.#options.origin.isApp) this.#refusal.remember(used, error);
      throw error;
    }
  }

  /** Returns a cached token with another refresh token than `used`; undefined if none appears. */
  async #replacementOf(used: TokenInfo | undefined): Promise<TokenInfo | undefined> {
    for (const pauseMs of REPLACEMENT_PAUSES_MS) {
      await delay(pauseMs);
      const found = await this.#store.read();
      if (found && found.refreshToken !== used?.refreshToken) return found;
    }
    return undefined;
  }

  /**
   * Forgets a token whose refresh token Spotify has refused. If the Web API has refused its access token, too,
   * marks that as expired in the cache: the next run of the program would take it for a valid one.
   */
  async #withdraw(token: TokenInfo | undefined): Promise<void> {
    this.#store.forgetConsent();
    if (token && this.#refused.has(token.accessToken)) await this.#store.expire(token);
  }

  /** Stores a new token, then tells the program of it, also if it could not be stored. */
  async #add(token: TokenInfo, isOnlyCopy: boolean): Promise<void> {
    // Otherwise a server that returns the refused token again would be asked at every call.
    this.#refused.delete(token.accessToken);
    try {
      await this.#store.save(token, isOnlyCopy);
      if (!this.#store.unsaved) this.#refused.clear();
    } finally {
      const { accessToken, refreshToken = '' } = token;
      callProgram('onToken', this.#options.onToken, [token], [accessToken, refreshToken]);
    }
  }

  #isFresh(token: TokenInfo): boolean {
    return !this.#refused.has(token.accessToken) && !isExpired(token, this.#expirySkewSeconds);
  }
}
