import { ClientCredentials, type ClientCredentialsOptions } from '../auth/clientCredentials.ts';
import { isExpired, type TokenCache, type TokenInfo } from '../auth/tokenInfo.ts';
import { Backoff } from '../sessions/backoff.ts';
import {
  TOKEN_CALL_TIMEOUT_MS,
  TOKEN_REQUEST_TIMEOUT_MS,
  withTokenTimeout,
} from '../common/timeLimits.ts';
import type { App } from './clientSecrets.ts';

/** What Spotify asks of an app. */
export type AppCredentials = Pick<App, 'clientId' | 'clientSecret'>;

/** How Spotify is asked. */
export type AppTokenSourceOptions = Pick<
  ClientCredentialsOptions,
  'clientAuthentication' | 'endpoints' | 'fetch'
>;

/** One that is handed out lasts as long as this at least, in seconds. */
const TOO_SHORT = 5 * 60;
/** A younger token is not what went wrong, in milliseconds. */
const YOUNG_MS = 60_000;

/** Access tokens of the app's own (RFC 6749 section 4.4): in memory alone, since one costs a request. */
export class AppTokenSource {
  readonly #options: AppTokenSourceOptions;
  readonly #backoff = new Backoff();
  /** By client ID and secret: one that is tried out does not end the token of another. */
  readonly #clients = new Map<string, AppClient>();

  constructor(options: AppTokenSourceOptions) {
    this.#options = options;
  }

  /**
   * A token that lasts five minutes or more. Rejects within ten seconds with a `SpotifyAuthError`;
   * after one, for a while that grows, at once with the same.
   */
  async get(app: AppCredentials): Promise<TokenInfo> {
    const client = this.#clientOf(app);
    if (client.token && !isExpired(client.token, TOO_SHORT)) return client.token;
    client.asking ??= this.#ask(app, client).finally(() => (client.asking = undefined));
    return withTokenTimeout(client.asking);
  }

  /** Has the next `get` ask for another token, unless this one is less than a minute old. */
  invalidate(app: AppCredentials): void {
    const { token, gotAt } = this.#clientOf(app);
    if (token && Math.abs(Date.now() - gotAt) >= YOUNG_MS) this.forget(app);
  }

  /** Has the next `get` ask for another token in any case. */
  forget(app: AppCredentials): void {
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

  async #ask(app: AppCredentials, client: AppClient): Promise<TokenInfo> {
    const key = keyOf(app);
    this.#backoff.throwIfPaused(key);
    try {
      const token = await client.ask();
      this.#backoff.succeeded(key);
      return token;
    } catch (error) {
      this.#backoff.failed(key, error);
      throw error;
    }
  }
}

const keyOf = ({ clientId, clientSecret }: AppCredentials) => `${clientId} ${clientSecret}`;

/** What the library keeps for one app: its token, and when that came. */
class AppClient implements TokenCache {
  readonly #credentials: ClientCredentials;
  token: TokenInfo | undefined;
  /** The one request that is under way, however many callers wait for it. */
  asking: Promise<TokenInfo> | undefined;
  /** In milliseconds since the epoch. */
  gotAt = 0;

  constructor({ clientId, clientSecret }: AppCredentials, options: AppTokenSourceOptions) {
    this.#credentials = new ClientCredentials({
      ...{ clientId, clientSecret, ...options, tokenCache: this },
      ...{ timeoutMs: TOKEN_REQUEST_TIMEOUT_MS, timeBudgetMs: TOKEN_CALL_TIMEOUT_MS },
      expirySkewSeconds: TOO_SHORT,
    });
  }

  get(): TokenInfo | undefined {
    return this.token;
  }

  set(token: TokenInfo): void {
    this.token = token;
    this.gotAt = Date.now();
  }

  async ask(): Promise<TokenInfo> {
    const accessToken = await this.#credentials.getAccessToken();
    return this.token ?? { accessToken, expiresAt: 0 };
  }
}
