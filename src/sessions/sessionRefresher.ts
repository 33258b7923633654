import { AuthorizationCode } from '../auth/authorizationCode.ts';
import type { Endpoints } from '../auth/endpoints.ts';
import { isInvalidClient, SpotifyAuthError } from '../auth/errors.ts';
import { isExpired, REFRESH_TOKEN_LIFETIME } from '../auth/tokenInfo.ts';
import type { Fetch } from '../auth/transport.ts';
import { correlated } from '../common/correlatedLog.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import {
  TOKEN_CALL_TIMEOUT_MS,
  TOKEN_REQUEST_TIMEOUT_MS,
  withTokenTimeout,
} from '../common/timeLimits.ts';
import type { RefreshLock } from './acrossWindows.ts';
import { Backoff } from './backoff.ts';
import type { SessionStore } from './sessionStore.ts';
import { isTokenFromFuture, mayBeRefreshed } from './sessionTimes.ts';
import { SessionTokenCache } from './sessionTokenCache.ts';
import type { StoredSession } from './storedSession.ts';

/** The options of a {@link SessionRefresher}. */
export interface SessionRefresherOptions {
  readonly store: SessionStore;
  readonly lock: RefreshLock;
  /** Whether suspensions are stored. If not, they end when this window closes. */
  readonly storesSuspensions: boolean;
  readonly accounts: Endpoints;
  readonly fetch: Fetch;
  readonly log: Log;
  /**
   * Called after Spotify has refused an active session or its client ID with `error`, and the session
   * was removed or suspended.
   */
  readonly onRefused: (session: StoredSession, error: unknown) => void;
}

/** A token that lasts less than this, in seconds, is refreshed in the background. */
const REFRESH_BEFORE_EXPIRY = 5 * 60;
/** If a token lasts less than this, in seconds, the caller waits for the refresh. */
const SHORTEST_LIFETIME = 60;

/**
 * Gets valid access tokens for sessions. A session is refreshed when a token is needed, and by one
 * window at a time.
 */
export class SessionRefresher {
  readonly #options: SessionRefresherOptions;
  readonly #backoff = new Backoff();
  readonly #clients = new Map<string, { auth: AuthorizationCode; cache: SessionTokenCache }>();
  /** The refreshes that are running, by session id. */
  readonly #running = new Map<string, Promise<string | undefined>>();

  constructor(options: SessionRefresherOptions) {
    this.#options = options;
  }

  /**
   * Returns the session's access token, refreshed if it has expired. Returns undefined if the user must
   * sign in again to get a token. If the token has expired and Spotify cannot be reached, rejects
   * within `waitMs` milliseconds with a `SpotifyAuthError` or a `LockTimeoutError`. The session then
   * stays, and a refresh that is still running goes on for the next call.
   */
  async getAccessToken(
    session: StoredSession,
    waitMs = TOKEN_CALL_TIMEOUT_MS,
  ): Promise<string | undefined> {
    const { token, suspendedAt } = session;
    const isFromFuture = isTokenFromFuture(session);
    const lasts = (seconds: number) =>
      suspendedAt === undefined && !isFromFuture && !isExpired(token, seconds);
    if (lasts(REFRESH_BEFORE_EXPIRY)) return token.accessToken;
    if (isFromFuture) this.#clientOf(session).cache.invalidate(token.accessToken);
    const refreshing = this.#joinRefresh(session);
    if (lasts(SHORTEST_LIFETIME)) {
      refreshing.catch(() => undefined);
      return token.accessToken;
    }
    try {
      return await withTokenTimeout(refreshing, waitMs);
    } catch (error) {
      if (suspendedAt !== undefined || isExpired(token, 0)) throw error;
      return token.accessToken;
    }
  }

  /**
   * Replaces the session's access token, and returns the new one. Spotify may refuse a token before it
   * expires. If another window has got a new token since, that token is returned; otherwise the session
   * is refreshed. Returns undefined if the user must sign in again. Rejects within ten seconds, with a
   * `SpotifyAuthError` or a `LockTimeoutError`, if Spotify cannot be reached.
   */
  async renew(session: StoredSession): Promise<string | undefined> {
    this.#clientOf(session).cache.invalidate(session.token.accessToken);
    return withTokenTimeout(this.#joinRefresh(session));
  }

  /** Drops the OAuth client of a removed or suspended session, unless a new token is not stored yet. */
  forget(id: string): void {
    if (!this.#clients.get(id)?.cache.hasPendingWrite) this.#clients.delete(id);
  }

  /** Returns the running refresh of the session, or starts one. */
  #joinRefresh(session: StoredSession): Promise<string | undefined> {
    const { id } = session;
    let running = this.#running.get(id);
    if (!running) {
      running = this.#refresh(session).finally(() => this.#running.delete(id));
      this.#running.set(id, running);
    }
    return running;
  }

  async #refresh(session: StoredSession): Promise<string | undefined> {
    const { id, client } = session;
    this.#backoff.throwIfPaused(client.id);
    const { auth, cache } = this.#clientOf(session);
    const log = correlated(this.#options.log);
    log.debug('A refresh has begun.');
    try {
      const accessToken = await this.#options.lock.hold(id, TOKEN_CALL_TIMEOUT_MS, async () => {
        // Another window may have suspended the session, or signed it out, while this one waited.
        const current = await this.#options.store.reread(id);
        if (!current || !mayBeRefreshed(current)) return undefined;
        const isOther = current.token.accessToken !== session.token.accessToken;
        if (isOther) log.debug('Another window has already refreshed the session.');
        cache.prime(current.token);
        return auth.getAccessToken().catch(async (error: unknown) => {
          if (!(await this.#refused(error, cache, log))) return this.#storedToken(id);
          return undefined;
        });
      });
      this.#backoff.succeeded(client.id);
      // A session that was signed out during the refresh has no token any more.
      const stored = (await this.#options.store.all()).find((one) => one.id === id);
      const brought = stored && accessToken;
      log.info(
        brought
          ? `The refresh brought ${lifetimeOf(stored)}.`
          : 'The refresh brought no token: the session was signed out or is suspended.',
      );
      return brought;
    } catch (error) {
      this.#backoff.failed(client.id, error);
      log.warn(`A session cannot be refreshed. ${describeError(error)}`);
      throw error;
    }
  }

  /**
   * If `error` says that the user must sign in again, or that Spotify does not know the client ID,
   * suspends the session: the next request then signs in with the configured client ID. Returns false
   * if another window has signed the session out or replaced its record. Otherwise throws `error`.
   */
  async #refused(error: unknown, cache: SessionTokenCache, log: Log): Promise<boolean> {
    const isRefusal = error instanceof SpotifyAuthError && error.requiresSignIn;
    if (!isRefusal && !isInvalidClient(error)) throw error;
    const session = await cache.current();
    if (!session) return false;
    log.warn(`Spotify has refused a session: ${error.message}`);
    const isSuspended = await this.#suspend(session, log);
    if (isSuspended && session.suspendedAt === undefined) this.#options.onRefused(session, error);
    return isSuspended;
  }

  /** Returns the access token that is stored now; undefined if the user must sign in again to get one. */
  async #storedToken(id: string): Promise<string | undefined> {
    const stored = await this.#options.store.reread(id);
    if (!stored || stored.suspendedAt !== undefined || isExpired(stored.token, 0)) return undefined;
    return stored.token.accessToken;
  }

  /**
   * Suspends the session. If its refresh token has reached the end of its lifetime, removes the session
   * instead. Returns false if another window has signed the session out or replaced its record. If a newer
   * revision is known, but its record is lost, suspends the session in memory.
   */
  async #suspend(session: StoredSession, log: Log): Promise<boolean> {
    const { store, storesSuspensions } = this.#options;
    const now = Date.now() / 1000;
    const suspended = { ...session, suspendedAt: now };
    try {
      if (now - session.consentedAt >= REFRESH_TOKEN_LIFETIME) {
        if (await store.remove(session.id, session.revision)) return true;
      } else if (storesSuspensions && (await store.put(suspended))) return true;
    } catch (error) {
      log.warn(`The refusal cannot be stored. ${describeError(error)}`);
    }
    if ((await store.reread(session.id))?.revision !== session.revision) return false;
    store.putInMemory(suspended);
    return true;
  }

  /** Returns the OAuth client of the session. It is a public client, so it has no client secret. */
  #clientOf({ id, client: { id: clientId } }: StoredSession) {
    const known = this.#clients.get(id);
    if (known) return known;
    const { store, accounts, fetch, log } = this.#options;
    const cache = new SessionTokenCache(store, id, log);
    const auth = new AuthorizationCode({
      clientId,
      clientSecret: null,
      endpoints: accounts,
      fetch,
      tokenCache: cache,
      timeoutMs: TOKEN_REQUEST_TIMEOUT_MS,
      timeBudgetMs: TOKEN_CALL_TIMEOUT_MS,
      expirySkewSeconds: REFRESH_BEFORE_EXPIRY,
    });
    const client = { auth, cache };
    this.#clients.set(id, client);
    return client;
  }
}

/** Says for the log how long the token of the session lasts from now on. */
function lifetimeOf({ token }: StoredSession): string {
  return `a token for ${Math.round(token.expiresAt - Date.now() / 1000)} s`;
}
