import { ClientCredentials, type ClientCredentialsOptions } from '../auth/clientCredentials.ts';
import { isExpired, type TokenCache, type TokenInfo } from '../auth/tokenInfo.ts';
import { Backoff } from '../sessions/backoff.ts';
import {
  TOKEN_CALL_TIMEOUT_MS,
  TOKEN_REQUEST_TIMEOUT_MS,
  withTokenTimeout,
} from '../common/timeLimits.ts';
import type { App } from './clientSecrets.ts';

/** The credentials with which an app requests a token. */
export type AppCredentials = Pick<App, 'clientId' | 'clientSecret'>;

/** The options of the requests for tokens. */
export type AppTokenSourceOptions = Pick<
  ClientCredentialsOptions,
  'clientAuthentication' | 'endpoints' | 'fetch'
>;

/** A returned token is valid for at least this time, in seconds. */
const MIN_VALIDITY = 5 * 60;
/** A token younger than this, in milliseconds, is not replaced. */
const MIN_RENEWAL_AGE_MS = 60_000;

/**
 * Gets access tokens by the client credentials grant (RFC 6749 section 4.4). The tokens are in memory
 * only, because a new token costs only one request.
 */
export class AppTokenSource {
  readonly #options: AppTokenSourceOptions;
  readonly #backoff = new Backoff();
  /**
   * One client for each pair of client ID and client secret. So the token of the old secret stays while
   * a new secret is checked.
   */
  readonly #clients = new Map<string, AppClient>();

  constructor(options: AppTokenSourceOptions) {
    this.#options = options;
  }

  /**
   * Returns a token that is valid for at least five minutes. If Spotify gives no token, rejects within
   * ten seconds with a `SpotifyAuthError`. After a failure, further calls reject at once with the same
   * error, for a pause that grows with each failure.
   */
  async get(app: AppCredentials): Promise<TokenInfo> {
    const client = this.#clientOf(app);
    if (client.token && !isExpired(client.token, MIN_VALIDITY)) return client.token;
    client.pending ??= this.#request(app, client).finally(() => (client.pending = undefined));
    return withTokenTimeout(client.pending);
  }

  /** Makes the next `get` request a new token, unless the present token is less than a minute old. */
  invalidate(app: AppCredentials): void {
    const { token, receivedAt } = this.#clientOf(app);
    if (token && Math.abs(Date.now() - receivedAt) >= MIN_RENEWAL_AGE_MS) this.discard(app);
  }

  /** Makes the next `get` request a new token. */
  discard(app: AppCredentials): void {
    this.#clients.delete(keyOf(app));
  }

  #clientOf(app: AppCredentials): AppClient {
    const key = keyOf(app);
    let client = this.#clients.get(key);
    if (!client) {
      client = new AppClient(app, this.#options);
      this.#clients.set(key, client);
    }
    return client;
  }

  async #request(app: AppCredentials, client: AppClient): Promise<TokenInfo> {
    const key = keyOf(app);
    this.#backoff.throwIfPaused(key);
    try {
      const token = await client.requestToken();
      this.#backoff.succeeded(key);
      return token;
    } catch (error) {
      this.#backoff.failed(key, error);
      throw error;
    }
  }
}

const keyOf = ({ clientId, clientSecret }: AppCredentials) => `${clientId} ${clientSecret}`;

/** Requests the tokens of one app, and holds the latest token. */
class AppClient implements TokenCache {
  readonly #credentials: ClientCredentials;
  token: TokenInfo | undefined;
  /** The running request, which all callers share. */
  pending: Promise<TokenInfo> | undefined;
  /** When the token was received, in milliseconds since the epoch. */
  receivedAt = 0;

  constructor({ clientId, clientSecret }: AppCredentials, options: AppTokenSourceOptions) {
    this.#credentials = new ClientCredentials({
      ...options,
      clientId,
      clientSecret,
      tokenCache: this,
      timeoutMs: TOKEN_REQUEST_TIMEOUT_MS,
      timeBudgetMs: TOKEN_CALL_TIMEOUT_MS,
      expirySkewSeconds: MIN_VALIDITY,
    });
  }

  get(): TokenInfo | undefined {
    return this.token;
  }

  set(token: TokenInfo): void {
    this.token = token;
    this.receivedAt = Date.now();
  }

  async requestToken(): Promise<TokenInfo> {
    const accessToken = await this.#credentials.getAccessToken();
    return this.token ?? { accessToken, expiresAt: 0 };
  }
}
