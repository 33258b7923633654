import { AccessTokenSource } from './accessTokenSource.ts';
import { type AccessTokenOptions, type AuthProvider, requestLimits } from './authProvider.ts';
import type { AuthorizationCodeOptions, ExchangeOptions } from './authorizationCodeOptions.ts';
import {
  type AuthorizationClient,
  type AuthorizationUrlOptions,
  authorizationUrl,
  checkCodeVerifier,
  requiredRedirectUri,
} from './authorizationUrl.ts';
import { resolveCredentials, trimmed } from './credentials.ts';
import { checkedEndpoints } from './endpoints.ts';
import {
  ConfigurationError,
  isInvalidGrant,
  noRefreshToken,
  throwIfSecretNeeded,
} from './errors.ts';
import { PendingAuthorizations } from './pendingAuthorizations.ts';
import { parseAuthorizationResponse } from './responseUrl.ts';
import { checkOptions } from './checkOptions.ts';
import { normalizeScopes } from './scopes.ts';
import { isCodeUnused } from './transientErrors.ts';
import { TokenEndpoint } from './tokenEndpoint.ts';
import { type TokenInfo, withScope } from './tokenInfo.ts';

/**
 * The authorization code grant with PKCE (RFC 6749 section 4.1, RFC 7636), for a user's access token.
 * Without a client secret this is a public client; with a secret it sends the secret, too.
 */
export class AuthorizationCode implements AuthProvider {
  /** The client ID in use, from the options or the environment. */
  readonly clientId: string;
  /** The redirect URI in use, from the options or the environment. */
  readonly redirectUri: string | undefined;
  readonly #hasSecret: boolean;
  readonly #client: AuthorizationClient;
  readonly #tokenEndpoint: TokenEndpoint;
  readonly #source: AccessTokenSource;
  /** The option `refreshToken`, until a sign-out. */
  #refreshToken: string | undefined;
  readonly #pending = new PendingAuthorizations();

  /** @throws {@link ConfigurationError} when there is no client ID, or an option is invalid. */
  constructor(options: AuthorizationCodeOptions = {}) {
    checkOptions('AuthorizationCode', options);
    const credentials = resolveCredentials(options);
    const { clientId, redirectUri } = credentials;
    const endpoints = checkedEndpoints(options.endpoints);
    const scope = normalizeScopes(options.scope).join(' ');
    this.clientId = clientId;
    this.redirectUri = redirectUri;
    this.#hasSecret = credentials.clientSecret !== undefined;
    this.#client = { clientId, redirectUri, scope, endpoint: endpoints.authorize };
    this.#refreshToken = trimmed('refreshToken', options.refreshToken);
    this.#tokenEndpoint = new TokenEndpoint(credentials, endpoints, requestLimits(options));
    this.#source = new AccessTokenSource({
      ...options,
      origin: { clientId, isApp: false },
      renew: (cached, fault) => this.#refresh(cached, fault),
    });
  }

  /**
   * Returns the URL of Spotify's consent page, for the user's browser. One instance may have several
   * URLs pending: each is valid for one exchange.
   * @throws {@link ConfigurationError} when there is no redirect URI, or one with `localhost`, which Spotify
   * refuses; or when a state or code verifier is invalid.
   */
  async getAuthorizationUrl(options: AuthorizationUrlOptions = {}): Promise<string> {
    checkOptions('getAuthorizationUrl', options);
    const { url, state, pending } = await authorizationUrl(this.#client, options);
    this.#pending.add(state, pending);
    return url;
  }

  /**
   * Returns the code in the URL that Spotify redirected the browser to: a full URL, a path with a
   * query, or a bare query string. Without `expectedState`, the state must be that of a pending URL
   * of this instance.
   * @throws {@link StateMismatchError} when the state is another one.
   * @throws {@link AuthorizationDeniedError} when the user declined.
   * @throws {@link AuthenticationError} when Spotify answered with another error.
   * @throws {@link InvalidResponseError} when the URL has no code, or a parameter twice.
   */
  parseResponseUrl(url: string | URL, options: { expectedState?: string } = {}): string {
    checkOptions('parseResponseUrl', options);
    const response = parseAuthorizationResponse(url, (found) => {
      if ('expectedState' in options) return isSame(found, options.expectedState);
      return this.#pending.accepts(found);
    });
    this.#pending.setResponse(response);
    return response.code;
  }

  /**
   * Like the method of the same name, for a redirect that answers the authorization URL of another
   * instance. `expectedState` is the state of that URL. Returns the code. Throws the same errors.
   * @throws {@link ConfigurationError} without `expectedState`: then any website could send its own code
   * (RFC 6749 section 10.12).
   */
  static parseResponseUrl(url: string | URL, options: { expectedState: string }): string {
    checkOptions('parseResponseUrl', options);
    // Programs in JavaScript may pass no options.
    if (!('expectedState' in ((options as object | undefined) ?? {}))) {
      throw new ConfigurationError(
        'parseResponseUrl needs the state of the authorization URL: pass { expectedState }.',
      );
    }
    const { expectedState } = options;
    return parseAuthorizationResponse(url, (found) => isSame(found, expectedState)).code;
  }

  /**
   * Exchanges a code for tokens and stores them in the cache. After a 429, a 5xx or a request that did
   * not reach Spotify, the code may be exchanged again. Rejects with errors of the cache, too.
   * @param code What `parseResponseUrl` has returned.
   * @throws {@link ConfigurationError}, before anything is sent, for an empty code, an invalid code
   * verifier, or a code whose verifier is unknown.
   * @throws {@link AuthenticationError} when Spotify refuses the code.
   * @throws {@link InvalidResponseError}, {@link ServerError}, {@link RateLimitError} or
   * {@link ConnectionError} when there is no usable answer.
   */
  async exchangeCode(code: string, options: ExchangeOptions = {}): Promise<TokenInfo> {
    checkOptions('exchangeCode', options);
    if (!code) throw new ConfigurationError('The authorization code is empty.');
    if (options.codeVerifier !== undefined) checkCodeVerifier(options.codeVerifier);
    const known = this.#pending.take(code, options);
    const codeVerifier = options.codeVerifier ?? known?.codeVerifier;
    if (codeVerifier === undefined) {
      throw new ConfigurationError(
        'No code verifier is known for this code: pass its state or codeVerifier.',
      );
    }
    const { redirectUri = requiredRedirectUri(this.redirectUri), scope = this.#client.scope } =
      known ?? {};
    const exchange = { ...options, code, redirectUri, codeVerifier };
    const answer = await this.#tokenEndpoint.exchangeCode(exchange).catch((error: unknown) => {
      if (known && isCodeUnused(error)) this.#pending.putBack(code, known);
      throw error;
    });
    const token = { ...withScope(answer, scope), consentedAt: Date.now() / 1000 };
    await this.#source.signedIn(token);
    return token;
  }

  /**
   * Returns the cached access token, or refreshes it if it has expired. Callers that wait at the same time
   * share one request. Rejects with errors of the cache, too.
   * @throws {@link AuthenticationError} with `requiresSignIn` when there is no refresh token (`error` is
   * undefined then), or Spotify refuses it (`invalid_grant`): the user has to sign in. For an hour after a
   * refusal the same error is thrown without a request, unless the cache has another token.
   * @throws {@link InvalidResponseError}, {@link ServerError}, {@link RateLimitError} or
   * {@link ConnectionError} when a refresh has no usable answer.
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

  /** Forgets the user's tokens, and removes them from the cache. Rejects with the cache's error. */
  async signOut(): Promise<void> {
    this.#refreshToken = undefined;
    await this.#source.signOut();
  }

  /** Forgets the pending URL with this state. Its response is refused from then on. */
  forgetAuthorizationUrl(state: string): void {
    this.#pending.forget(state);
  }

  /** Forgets the pending authorization URLs. */
  close(): void {
    this.#pending.clear();
  }

  async #refresh(cached: TokenInfo | undefined, fault?: string): Promise<TokenInfo> {
    const given = this.#refreshToken;
    const refreshToken = cached?.refreshToken || given;
    if (!refreshToken) throw noRefreshToken(fault);
    try {
      // Spotify omits fields that have not changed (observed since June 2026).
      const answer = await this.#tokenEndpoint.refresh(refreshToken);
      return withScope({ ...cached, refreshToken, ...answer }, this.#client.scope);
    } catch (error) {
      if (!this.#hasSecret) throwIfSecretNeeded(error);
      if (!given || refreshToken === given || !isInvalidGrant(error)) throw error;
      // The cached refresh token may be from an earlier run, and older than the option.
      return this.#refresh(undefined);
    }
  }
}

/** Whether both are equal. False if either is undefined or empty. */
function isSame(found: string | undefined, expected: string | undefined): boolean {
  return !!expected && found === expected;
}
