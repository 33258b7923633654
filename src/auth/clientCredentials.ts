import { AccessTokenSource } from './accessTokenSource.ts';
import {
  type AuthProvider,
  expirySkew,
  type ProviderOptions,
  requestLimits,
} from './authProvider.ts';
import { resolveCredentials } from './credentials.ts';
import { checkedEndpoints } from './endpoints.ts';
import { ConfigurationError } from './errors.ts';
import { type ClientAuthentication, TokenEndpoint } from './tokenEndpoint.ts';
import { InMemoryTokenCache } from './tokenInfo.ts';

/** What a {@link ClientCredentials} is made of; the environment fills what is left out. */
export interface ClientCredentialsOptions extends ProviderOptions {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /**
   * How the secret is sent, by the names of RFC 7591 section 2; `client_secret_basic` unless given. A
   * browser has to put it into the body: for a header it asks Spotify first, which does not answer.
   */
  readonly clientAuthentication?: ClientAuthentication | undefined;
}

/**
 * The client credentials grant (RFC 6749 section 4.4): the app's own token, good for the catalogue
 * and nothing of a user's. A new one is asked for when the cached one has expired.
 */
export class ClientCredentials implements AuthProvider {
  readonly #source: AccessTokenSource;

  /** @throws ConfigurationError without a client ID or secret, or when an option makes no sense. */
  constructor(options: ClientCredentialsOptions = {}) {
    const { clientId, clientSecret } = resolveCredentials(options);
    const { clientAuthentication } = options;
    if (!clientSecret) {
      throw new ConfigurationError(
        'A client secret is needed: pass clientSecret or set SPOTIFY_SDK_CLIENT_SECRET.',
      );
    }
    const endpoint = new TokenEndpoint(
      { clientId, clientSecret, clientAuthentication },
      checkedEndpoints(options.endpoints),
      requestLimits(options),
    );
    this.#source = new AccessTokenSource({
      cache: options.tokenCache ?? new InMemoryTokenCache(),
      expirySkewSeconds: expirySkew(options),
      renew: () => endpoint.clientCredentials(),
    });
  }

  /** Rejects as `TokenEndpoint` does. */
  async getAccessToken(): Promise<string> {
    return (await this.#source.get()).accessToken;
  }

  /** Holds nothing that would have to be let go; there for whoever closes providers. */
  close(): void {
    // Nothing is open between two calls.
  }
}
