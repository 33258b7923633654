import * as oauth from 'oauth4webapi';
import type { Endpoints } from './endpoints.ts';
import { isLoopbackUrl } from './loopbackAddress.ts';
import { throwIfTransient } from './transientErrors.ts';
import { basicCredential } from './redaction.ts';
import type { ValidatedResponse } from './responseUrl.ts';
import { withRetries } from './retry.ts';
import type { TokenInfo } from './tokenInfo.ts';
import { parseTokenError, parseTokenResponse } from './tokenResponse.ts';
import { type Fetch, send as request } from './transport.ts';

/** The app that requests tokens. */
interface TokenEndpointClient {
  readonly clientId: string;
  /** Undefined for a public client, which uses PKCE instead. */
  readonly clientSecret?: string | undefined;
  readonly clientAuthentication?: ClientAuthentication | undefined;
}

/** Whether a client secret is sent in a header or in the form (RFC 6749 section 2.3.1). */
export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post';

/** How requests to the token endpoint are made. */
export interface TokenRequestLimits {
  readonly fetch: Fetch;
  /** Time limit of one attempt, in milliseconds. */
  readonly timeoutMs: number;
  /** Time limit of all attempts of one call and the pauses between them, in milliseconds. */
  readonly timeBudgetMs: number;
  /** Number of attempts after the first one. */
  readonly maxRetries: number;
}

/**
 * The values that an exchange of a code needs besides the client: the validated response, the
 * redirect URI and the code verifier (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
 */
interface CodeExchange {
  readonly response: ValidatedResponse;
  /** The `redirect_uri` of the authorization request, including the port. */
  readonly redirectUri: string;
  readonly codeVerifier: string;
  readonly signal?: AbortSignal | undefined;
  readonly onRateLimit?: ((pauseMs: number) => void) | undefined;
}

type Send = (options: oauth.TokenEndpointRequestOptions) => Promise<Response>;

/** How the request of one grant is handled. */
interface Grant {
  /** Values in the request that no error may contain. */
  readonly secrets: readonly string[];
  /** Whether the request may be sent again if the server may have processed it. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onRateLimit?: ((pauseMs: number) => void) | undefined;
}

/**
 * Spotify's token endpoint, with a method for each grant. The methods reject with
 * `AuthenticationError` when Spotify refuses, `InvalidResponseError` when the answer is malformed,
 * and `ServerError`, `RateLimitError` or `ConnectionError` when the retries are used up.
 */
export class TokenEndpoint {
  readonly #server: { issuer: string; token_endpoint: string };
  readonly #client: oauth.Client;
  readonly #authentication: oauth.ClientAuth;
  readonly #limits: TokenRequestLimits;
  readonly #clientSecrets: readonly string[];

  constructor(client: TokenEndpointClient, endpoints: Endpoints, limits: TokenRequestLimits) {
    this.#server = { issuer: new URL(endpoints.token).origin, token_endpoint: endpoints.token };
    this.#client = { client_id: client.clientId };
    const { clientId, clientSecret, clientAuthentication } = client;
    const withSecret =
      clientAuthentication === 'client_secret_post'
        ? oauth.ClientSecretPost
        : oauth.ClientSecretBasic;
    this.#authentication = clientSecret ? withSecret(clientSecret) : oauth.None();
    this.#clientSecrets = clientSecret
      ? [clientSecret, basicCredential(clientId, clientSecret)]
      : [];
    this.#limits = limits;
  }

  /**
   * Exchanges an authorization code. Repeats the request if it was certainly not sent, after a 429 of
   * 30 s at most, and once after a 5xx.
   */
  exchangeCode(exchange: CodeExchange): Promise<TokenInfo> {
    const { response, redirectUri, codeVerifier, signal, onRateLimit } = exchange;
    return this.#grant(
      (options) =>
        oauth.authorizationCodeGrantRequest(
          this.#server,
          this.#client,
          this.#authentication,
          response.parameters,
          redirectUri,
          codeVerifier,
          options,
        ),
      { secrets: [response.code, codeVerifier], repeatable: false, signal, onRateLimit },
    );
  }

  /** Refreshes. The result has no refresh token if the one sent stays valid. */
  refresh(refreshToken: string): Promise<TokenInfo> {
    return this.#grant(
      (options) =>
        oauth.refreshTokenGrantRequest(
          this.#server,
          this.#client,
          this.#authentication,
          refreshToken,
          options,
        ),
      { secrets: [refreshToken], repeatable: true },
    );
  }

  /** Requests the app's own access token. */
  clientCredentials(): Promise<TokenInfo> {
    return this.#grant(
      (options) =>
        oauth.clientCredentialsGrantRequest(
          this.#server,
          this.#client,
          this.#authentication,
          {},
          options,
        ),
      { secrets: [], repeatable: true },
    );
  }

  async #grant(send: Send, grant: Grant): Promise<TokenInfo> {
    const { fetch, timeoutMs, timeBudgetMs, maxRetries } = this.#limits;
    const { repeatable, signal, onRateLimit } = grant;
    const secrets = [...grant.secrets, ...this.#clientSecrets];
    const attempt = async (leftMs: number): Promise<TokenInfo> => {
      const transport = { fetch, timeoutMs: Math.min(timeoutMs, leftMs), signal };
      const sentAt = Date.now() / 1000;
      const response = await send({
        [oauth.customFetch]: (url, init) => request(url, init, transport),
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the library's way to say "only for tests"
        [oauth.allowInsecureRequests]: isLoopbackUrl(this.#server.token_endpoint),
      });
      return readAnswer(response, sentAt, secrets);
    };
    return withRetries(attempt, { maxRetries, timeBudgetMs, repeatable, onRateLimit, signal });
  }
}

async function readAnswer(
  response: Response,
  sentAt: number,
  secrets: readonly string[],
): Promise<TokenInfo> {
  const body = await response.text();
  throwIfTransient(response, body, secrets);
  if (response.status !== 200) throw parseTokenError(response.status, body, secrets);
  return parseTokenResponse(body, sentAt);
}
