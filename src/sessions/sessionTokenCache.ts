import type { TokenCache, TokenInfo } from '../auth/tokenInfo.ts';
import type { SessionStore } from './sessionStore.ts';
import type { Log } from '../common/log.ts';
import type { StoredSession } from './storedSession.ts';

/** The token of one stored session, as the OAuth library reads and writes it. */
export class SessionTokenCache implements TokenCache {
  readonly #store: SessionStore;
  readonly #id: string;
  readonly #log: Log;
  /** What was read last: the refresh token that a new token was got with. */
  #read: TokenInfo | undefined;
  #invalidated: string | undefined;
  #hasPendingWrite = false;

  constructor(store: SessionStore, id: string, log: Log) {
    this.#store = store;
    this.#id = id;
    this.#log = log;
  }

  /** Whether there is a token that could not be stored; who has it will try again. */
  get hasPendingWrite(): boolean {
    return this.#hasPendingWrite;
  }

  /** From now on this access token counts as expired, so that the library asks for another. */
  invalidate(accessToken: string): void {
    this.#invalidated = accessToken;
  }

  async get(): Promise<TokenInfo | undefined> {
    const token = (await this.#store.reread(this.#id))?.token;
    this.#read = token;
    return token?.accessToken === this.#invalidated && token ? { ...token, expiresAt: 0 } : token;
  }

  /**
   * Stores, unless the session was signed out or got a newer consent meanwhile. Rejects where
   * SecretStorage refuses a rotated refresh token: without that the session would be over.
   */
  async set(token: TokenInfo): Promise<void> {
    this.#hasPendingWrite = true;
    await this.#keep(token);
    this.#hasPendingWrite = false;
  }

  async #keep(token: TokenInfo): Promise<void> {
    const current = await this.current();
    if (!current) return;
    // That it worked shows an earlier refusal to be a false alarm.
    const refreshedAt = Date.now() / 1000;
    const { suspendedAt, ...renewed } = { ...current, token, refreshedAt };
    if (suspendedAt !== undefined) this.#log.info('Spotify accepts a session again.');
    try {
      await this.#store.put(renewed);
    } catch (error) {
      if (token.refreshToken !== current.token.refreshToken) throw error;
      this.#store.keepInMemory(renewed);
    }
  }

  /** The stored session while it is still the one that was read. */
  async current(): Promise<StoredSession | undefined> {
    const stored = await this.#store.reread(this.#id);
    return stored?.token.refreshToken === this.#read?.refreshToken ? stored : undefined;
  }
}
