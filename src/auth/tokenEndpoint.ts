import * as oauth from 'oauth4webapi';
import type { Endpoints } from './endpoints.ts';
import { isLoopbackUrl } from './loopbackAddress.ts';
import { throwIfTransient } from './transientErrors.ts';
import { basicCredential } from './redaction.ts';
import { withRetries } from './retry.ts';
import type { TokenInfo } from './tokenInfo.ts';
import { parseTokenError, parseTokenResponse } from './tokenResponse.ts';
import { type Fetch, send } from './transport.ts';

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

/** What the exchange of a code needs besides the client (RFC 6749 section 4.1.3, RFC 7636 section 4.5). */
interface CodeExchange {
  readonly code: string;
  /** The `redirect_uri` of the authorization request, including the port. */
  readonly redirectUri: string;
  readonly codeVerifier: string;
  readonly signal?: AbortSignal | undefined;
  readonly onRateLimit?: ((pauseMs: number) => void) | undefined;
}

/** The request of one grant. */
interface Grant {
  readonly type: string;
  readonly parameters: Record<string, string>;
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
    const { code, redirectUri, codeVerifier, signal, onRateLimit } = exchange;
    return this.#request({
      type: 'authorization_code',
      parameters: { code, redirect_uri: redirectUri, code_verifier: codeVerifier },
      secrets: [code, codeVerifier],
      repeatable: false,
      signal,
      onRateLimit,
    });
  }

  /** Refreshes. The result has no refresh token if the one sent stays valid. */
  refresh(refreshToken: string): Promise<TokenInfo> {
    return this.#request({
      type: 'refresh_token',
      parameters: { refresh_token: refreshToken },
      secrets: [refreshToken],
      repeatable: true,
    });
  }

  /** Requests the app's own access token. */
  clientCredentials(): Promise<TokenInfo> {
    const type = 'client_credentials';
    return this.#request({ type, parameters: {}, secrets: [], repeatable: true });
  }

  #request({ type, parameters, ...grant }: Grant): Promise<TokenInfo> {
    const { fetch, timeoutMs, ...limits } = this.#limits;
    const secrets = [...grant.secrets, ...this.#clientSecrets];
    const attempt = async (leftMs: number): Promise<TokenInfo> => {
      const transport = { fetch, timeoutMs: Math.min(timeoutMs, leftMs), signal: grant.signal };
      const sentAt = Date.now() / 1000;
      const response = await oauth.genericTokenEndpointRequest(
        this.#server,
        this.#client,
        this.#authentication,
        type,
        parameters,
        {
          [oauth.customFetch]: (url, init) => send(url, init, transport),
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- the library's way to say "only for tests"
          [oauth.allowInsecureRequests]: isLoopbackUrl(this.#server.token_endpoint),
        },
      );
      return readAnswer(response, sentAt, secrets);
    };
    return withRetries(attempt, { ...limits, ...grant });
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
