import { AccessTokenSource } from './accessTokenSource.ts';
import {
  type AccessTokenOptions,
  type AuthProvider,
  type ProviderOptions,
  requestLimits,
} from './authProvider.ts';
import { checkOptions } from './checkOptions.ts';
import { required, resolveCredentials } from './credentials.ts';
import { checkedEndpoints } from './endpoints.ts';
import { type ClientAuthentication, TokenEndpoint } from './tokenEndpoint.ts';

/** Options of {@link ClientCredentials}. Environment variables replace missing credentials. */
export interface ClientCredentialsOptions extends ProviderOptions {
  /** The app's client ID; `SPOTIFY_SDK_CLIENT_ID` by default. */
  readonly clientId?: string | undefined;
  /** The app's client secret; `SPOTIFY_SDK_CLIENT_SECRET` by default. */
  readonly clientSecret?: string | undefined;
  /**
   * How the secret is sent (RFC 7591 section 2); `client_secret_basic` by default. In a browser,
   * `client_secret_post` needs no preflight request, as the `Authorization` header does: Spotify refused
   * it in 2017, and has answered it in September 2026 (observed).
   */
  readonly clientAuthentication?: ClientAuthentication | undefined;
}

/**
 * The client credentials grant (RFC 6749 section 4.4), for the app's own access token. It reads the
 * catalogue, but no user's data. When the cached token has expired, a new one is requested.
 */
export class ClientCredentials implements AuthProvider {
  readonly #source: AccessTokenSource;

  /** @throws {@link ConfigurationError} when client ID or secret are missing, or an option is invalid. */
  constructor(options: ClientCredentialsOptions = {}) {
    checkOptions('ClientCredentials', options);
    const credentials = resolveCredentials(options);
    const { clientId } = credentials;
    required('A client secret', 'clientSecret', credentials.clientSecret);
    const { clientAuthentication } = options;
    const endpoint = new TokenEndpoint(
      { ...credentials, clientAuthentication },
      checkedEndpoints(options.endpoints),
      requestLimits(options),
    );
    this.#source = new AccessTokenSource({
      ...options,
      origin: { clientId, isApp: true },
      renew: () => endpoint.clientCredentials(),
    });
  }

  /**
   * Returns the cached access token, or requests another one if it has expired. Callers that wait at the
   * same time share one request.
   * @throws {@link ConfigurationError} if the cache holds the token of a user.
   * @throws {@link AuthenticationError} when Spotify refuses the client ID or the secret.
   * @throws {@link InvalidResponseError}, {@link ServerError}, {@link RateLimitError} or
   * {@link ConnectionError} when there is no usable answer.
   */
  getAccessToken({ signal }: AccessTokenOptions = {}): Promise<string> {
    return this.#source.get(signal);
  }

  /**
   * Requests another token, after Spotify has answered `refused` with 401: by default the token that
   * was returned last. Callers that wait at the same time share one request. Does nothing if another
   * caller has renewed that token already. Rejects as {@link getAccessToken} does.
   */
  renew(refused?: string): Promise<void> {
    return this.#source.renew(refused);
  }

  /** Does nothing: there are no resources to release. */
  close(): void {
    // Between two calls nothing is open.
  }
}
