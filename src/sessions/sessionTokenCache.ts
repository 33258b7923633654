import type { TokenCache, TokenInfo } from '../auth/tokenInfo.ts';
import type { SessionStore } from './sessionStore.ts';
import type { Log } from '../common/log.ts';
import type { StoredSession } from './storedSession.ts';

/** The token of one stored session, as the OAuth library reads and writes it. */
export class SessionTokenCache implements TokenCache {
  readonly #store: SessionStore;
  readonly #id: string;
  readonly #log: Log;
  /**
   * The token that `get` returned last. The OAuth library requests a new token with its refresh token.
   */
  #read: TokenInfo | undefined;
  /** The token that the next `get` returns without reading the store. */
  #primed: TokenInfo | undefined;
  /** The access token that `get` returns as expired. */
  #invalidated: string | undefined;
  #hasPendingWrite = false;

  constructor(store: SessionStore, id: string, log: Log) {
    this.#store = store;
    this.#id = id;
    this.#log = log;
  }

  /**
   * Whether the last `set` has not stored its token yet. After a failure, the OAuth library calls `set`
   * with that token again.
   */
  get hasPendingWrite(): boolean {
    return this.#hasPendingWrite;
  }

  /** Makes `get` return this access token as expired, so that the OAuth library requests a new one. */
  invalidate(accessToken: string): void {
    this.#invalidated = accessToken;
  }

  /**
   * Makes the next `get` return `token` without reading the store, because it was just read from there.
   */
  prime(token: TokenInfo): void {
    this.#primed = token;
  }

  async get(): Promise<TokenInfo | undefined> {
    const token = this.#primed ?? (await this.#store.reread(this.#id))?.token;
    this.#primed = undefined;
    this.#read = token;
    return token?.accessToken === this.#invalidated && token ? { ...token, expiresAt: 0 } : token;
  }

  /**
   * Stores a new token. Does nothing if the session was signed out since `get`, or now has another
   * refresh token than `get` returned. If SecretStorage fails and the refresh token is new, `set`
   * rejects, because the session would be lost without it. If SecretStorage fails and only the access
   * token is new, `set` keeps it in memory and does not reject.
   */
  async set(token: TokenInfo): Promise<void> {
    this.#hasPendingWrite = true;
    // A token that was read before this write is out of date after it.
    this.#primed = undefined;
    await this.#keep(token);
    this.#hasPendingWrite = false;
  }

  async #keep(token: TokenInfo): Promise<void> {
    const current = await this.current();
    if (!current) return;
    const refreshedAt = Date.now() / 1000;
    // Spotify has accepted the refresh token, so an earlier refusal was a false alarm.
    const { suspendedAt, ...renewed } = { ...current, token, refreshedAt };
    if (suspendedAt !== undefined) this.#log.info('Spotify accepts a suspended session again.');
    try {
      await this.#store.put(renewed);
    } catch (error) {
      if (token.refreshToken !== current.token.refreshToken) throw error;
      this.#store.putInMemory(renewed);
    }
  }

  /**
   * Returns the stored session. Returns undefined if it is gone, or no longer has the refresh token
   * that `get` returned.
   */
  async current(): Promise<StoredSession | undefined> {
    const stored = await this.#store.reread(this.#id);
    return stored?.token.refreshToken === this.#read?.refreshToken ? stored : undefined;
  }
}
