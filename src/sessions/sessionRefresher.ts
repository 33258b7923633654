import { AuthorizationCode } from '../auth/authorizationCode.ts';
import type { Endpoints } from '../auth/endpoints.ts';
import { SpotifyAuthError } from '../auth/errors.ts';
import { isExpired } from '../auth/tokenInfo.ts';
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
import { isTokenFromFuture, mayBeRefreshed, REFRESH_TOKEN_LIFETIME } from './sessionTimes.ts';
import { SessionTokenCache } from './sessionTokenCache.ts';
import type { StoredSession } from './storedSession.ts';

/** What a {@link SessionRefresher} works with. */
export interface SessionRefresherOptions {
  readonly store: SessionStore;
  readonly lock: RefreshLock;
  /** Whether a refusal outlives this window. */
  readonly storesSuspensions: boolean;
  readonly accounts: Endpoints;
  readonly fetch: Fetch;
  readonly log: Log;
  /** Is told of a session that Spotify has just refused; it is over, or kept aside. */
  readonly onRefused: (session: StoredSession) => void;
}

/** Below this a refresh begins in the background, in seconds. */
const REFRESH_EARLY = 5 * 60;
/** Below this the caller waits for it, in seconds. */
const TOO_SHORT = 60;

/** Access tokens that are valid now, asked for by one window at a time and on demand only. */
export class SessionRefresher {
  readonly #options: SessionRefresherOptions;
  readonly #backoff = new Backoff();
  readonly #clients = new Map<string, { auth: AuthorizationCode; cache: SessionTokenCache }>();
  readonly #flights = new Map<string, Promise<string | undefined>>();

  constructor(options: SessionRefresherOptions) {
    this.#options = options;
  }

  /**
   * The session's access token; undefined when only a new consent would bring one. Rejects within
   * `waitMs` milliseconds, with a `SpotifyAuthError` or a `LockTimeoutError`, when it has expired and
   * Spotify cannot be reached; the session stays then, and what is on its way is there for the next.
   */
  async getAccessToken(
    session: StoredSession,
    waitMs = TOKEN_CALL_TIMEOUT_MS,
  ): Promise<string | undefined> {
    const { token, suspendedAt } = session;
    const isDoubtful = isTokenFromFuture(session);
    const lasts = (seconds: number) =>
      suspendedAt === undefined && !isDoubtful && !isExpired(token, seconds);
    if (lasts(REFRESH_EARLY)) return token.accessToken;
    if (isDoubtful) this.#clientOf(session).cache.invalidate(token.accessToken);
    const refreshing = this.#refresh(session);
    if (lasts(TOO_SHORT)) {
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
   * Another access token than the session's, which may last and yet be good for nothing: the one
   * that another window has got meanwhile, else a new one. Undefined, and rejects, as
   * `getAccessToken`.
   */
  async renew(session: StoredSession): Promise<string | undefined> {
    this.#clientOf(session).cache.invalidate(session.token.accessToken);
    return withTokenTimeout(this.#refresh(session));
  }

  /** To be called when the session is gone, or kept aside; then a token may still have to be stored. */
  forget(id: string): void {
    if (!this.#clients.get(id)?.cache.hasPendingWrite) this.#clients.delete(id);
  }

  #refresh(session: StoredSession): Promise<string | undefined> {
    const { id } = session;
    let flight = this.#flights.get(id);
    if (!flight) {
      flight = this.#renew(session).finally(() => this.#flights.delete(id));
      this.#flights.set(id, flight);
    }
    return flight;
  }

  async #renew(session: StoredSession): Promise<string | undefined> {
    const { id, client } = session;
    this.#backoff.throwIfPaused(client.id);
    const { auth, cache } = this.#clientOf(session);
    const log = correlated(this.#options.log);
    log.debug('A refresh has begun.');
    try {
      const accessToken = await this.#options.lock.hold(id, TOKEN_CALL_TIMEOUT_MS, async () => {
        // Another window may have been refused, or signed out, while this one waited.
        const current = await this.#options.store.reread(id);
        if (!current || !mayBeRefreshed(current)) return undefined;
        const isOther = current.token.accessToken !== session.token.accessToken;
        if (isOther) log.debug('Another window has refreshed already.');
        cache.prime(current.token);
        const asked = auth.getAccessToken();
        return asked.catch((error: unknown) => this.#refused(error, cache, log));
      });
      this.#backoff.succeeded(client.id);
      // What was on its way while its session was signed out is nobody's any more.
      const stored = (await this.#options.store.all()).find((one) => one.id === id);
      const brought = stored && accessToken;
      log.info(brought ? `The refresh brought ${lifetimeOf(stored)}.` : 'There is no session now.');
      return brought;
    } catch (error) {
      this.#backoff.failed(client.id, error);
      log.warn(`A session cannot be refreshed. ${describeError(error)}`);
      throw error;
    }
  }

  /** Puts the session aside where `error` says that it is over; any other error is thrown. */
  async #refused(error: unknown, cache: SessionTokenCache, log: Log): Promise<undefined> {
    if (!(error instanceof SpotifyAuthError && error.requiresSignIn)) throw error;
    const session = await cache.current();
    if (!session) return undefined;
    log.warn(`Spotify has refused a session: ${error.message}`);
    await this.#suspend(session, log);
    if (session.suspendedAt === undefined) this.#options.onRefused(session);
    return undefined;
  }

  async #suspend(session: StoredSession, log: Log): Promise<void> {
    const { store, storesSuspensions } = this.#options;
    const now = Date.now() / 1000;
    const aside = { ...session, suspendedAt: now };
    try {
      if (now - session.consentedAt >= REFRESH_TOKEN_LIFETIME) await store.remove(session.id);
      else if (storesSuspensions) await store.put(aside);
      else store.putInMemory(aside);
    } catch (error) {
      log.warn(`That cannot be kept. ${describeError(error)}`);
      store.putInMemory(aside);
    }
  }

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
      expirySkewSeconds: REFRESH_EARLY,
    });
    const client = { auth, cache };
    this.#clients.set(id, client);
    return client;
  }
}

function lifetimeOf({ token }: StoredSession): string {
  return `a token for ${Math.round(token.expiresAt - Date.now() / 1000)} s`;
}
