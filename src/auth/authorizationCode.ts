import * as oauth from 'oauth4webapi';
import { AccessTokenSource } from './accessTokenSource.ts';
import type { AuthProvider } from './authProvider.ts';
import { type CredentialOptions, resolveCredentials } from './credentials.ts';
import { type Endpoints, endpointsAt } from './endpoints.ts';
import { AuthenticationError, ConfigurationError } from './errors.ts';
import { parseAuthorizationResponse } from './responseUrl.ts';
import { type ProviderOptions, requestLimits } from './providerOptions.ts';
import { normalizeScopes } from './scopes.ts';
import { InMemoryTokenCache, type TokenCache } from './tokenCache.ts';
import { TokenEndpoint } from './tokenEndpoint.ts';
import type { TokenInfo } from './tokenInfo.ts';

/** What an {@link AuthorizationCode} is made of; the environment fills what is left out. */
export interface AuthorizationCodeOptions extends CredentialOptions, ProviderOptions {
  readonly scope?: string | readonly string[] | undefined;
  /** Used as long as the cache has no token. */
  readonly refreshToken?: string | undefined;
}

/** What one authorization URL may differ in. */
export interface AuthorizationUrlOptions {
  /** Random unless given. */
  readonly state?: string | undefined;
  readonly scope?: string | readonly string[] | undefined;
  /** Makes Spotify show its consent page also to those who agreed earlier. */
  readonly showDialog?: boolean | undefined;
  /** 43 to 128 unreserved characters (RFC 7636 section 4.1); random unless given. */
  readonly codeVerifier?: string | undefined;
  /** For a loopback server whose port is known only once it listens (RFC 8252 section 7.3). */
  readonly redirectUri?: string | undefined;
}

/** Names the URL whose code is exchanged, where the instance cannot tell by itself. */
export interface ExchangeOptions {
  readonly state?: string | undefined;
  readonly codeVerifier?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What belongs to one authorization URL until its code is exchanged, once. */
interface PendingAuthorization {
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/**
 * The authorization code grant with PKCE (RFC 6749 section 4.1, RFC 7636): a user's token.
 * Without a client secret it is a public client; with one it uses both.
 */
export class AuthorizationCode implements AuthProvider {
  readonly clientId: string;
  readonly redirectUri: string | undefined;
  readonly #scopes: readonly string[];
  readonly #refreshToken: string | undefined;
  readonly #cache: TokenCache;
  readonly #endpoints: Endpoints;
  readonly #tokenEndpoint: TokenEndpoint;
  readonly #source: AccessTokenSource;
  /** By state; by code once the answer was parsed. */
  readonly #pending = new Map<string, PendingAuthorization>();
  readonly #answered = new Map<string, PendingAuthorization>();

  /** @throws ConfigurationError when there is no client ID. */
  constructor(options: AuthorizationCodeOptions = {}) {
    const credentials = resolveCredentials(options);
    this.clientId = credentials.clientId;
    this.redirectUri = credentials.redirectUri;
    this.#scopes = normalizeScopes(options.scope);
    this.#refreshToken = options.refreshToken || undefined;
    this.#cache = options.tokenCache ?? new InMemoryTokenCache();
    this.#endpoints = options.endpoints ?? endpointsAt();
    const limits = requestLimits(options);
    this.#tokenEndpoint = new TokenEndpoint(credentials, this.#endpoints, limits);
    this.#source = new AccessTokenSource({
      cache: this.#cache,
      expirySkewSeconds: options.expirySkewSeconds ?? 30,
      renew: (cached) => this.#refresh(cached),
    });
  }

  /**
   * The page to send the user's browser to. Several may be outstanding at a time.
   * @throws ConfigurationError when there is no redirect URI.
   */
  async getAuthorizationUrl(options: AuthorizationUrlOptions = {}): Promise<string> {
    const redirectUri = options.redirectUri ?? this.#requireRedirectUri();
    const state = options.state ?? oauth.generateRandomState();
    const codeVerifier = options.codeVerifier ?? oauth.generateRandomCodeVerifier();
    const scopes = options.scope === undefined ? this.#scopes : normalizeScopes(options.scope);
    const url = new URL(this.#endpoints.authorize);
    url.search = new URLSearchParams({
      client_id: this.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      state,
      ...(scopes.length > 0 && { scope: scopes.join(' ') }),
      ...(options.showDialog && { show_dialog: 'true' }),
      code_challenge_method: 'S256',
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    }).toString();
    this.#pending.set(state, { codeVerifier, redirectUri });
    return url.href;
  }

  /**
   * Takes the code out of the address the browser ended on: a full URL, a path with a query, or a
   * bare query string. Without `expectedState` only the states of this instance's outstanding
   * URLs are accepted, where there are any.
   * @throws StateMismatchError, AuthorizationDeniedError, AuthenticationError, InvalidResponseError
   */
  parseResponseUrl(url: string | URL, options: { expectedState?: string } = {}): string {
    const { expectedState } = options;
    const { code, state } = parseAuthorizationResponse(url, (found) => {
      if (expectedState !== undefined) return found === expectedState;
      return this.#pending.size === 0 || (found !== undefined && this.#pending.has(found));
    });
    const pending = state === undefined ? undefined : this.#pending.get(state);
    if (state !== undefined && pending) {
      this.#pending.delete(state);
      this.#answered.set(code, pending);
    }
    return code;
  }

  /** The same for an address whose URL another instance made. */
  static parseResponseUrl(url: string | URL, options: { expectedState?: string } = {}): string {
    const { expectedState } = options;
    return parseAuthorizationResponse(
      url,
      (found) => expectedState === undefined || found === expectedState,
    ).code;
  }

  /**
   * Exchanges a code for tokens and stores them in the cache.
   * @throws ConfigurationError when it is not known which verifier belongs to the code; nothing is
   * sent then. Otherwise as `TokenEndpoint`.
   */
  async exchangeCode(code: string, options: ExchangeOptions = {}): Promise<TokenInfo> {
    const { codeVerifier, redirectUri } = this.#take(code, options);
    const token = await this.#tokenEndpoint.exchangeCode({
      code,
      redirectUri,
      codeVerifier,
      signal: options.signal,
    });
    await this.#cache.set(token);
    return token;
  }

  /** @throws AuthenticationError with `requiresSignIn` when there is nothing to refresh with. */
  async getAccessToken(): Promise<string> {
    return (await this.#source.get()).accessToken;
  }

  /** Forgets the outstanding authorization URLs. */
  close(): void {
    this.#pending.clear();
    this.#answered.clear();
  }

  async #refresh(cached: TokenInfo | undefined): Promise<TokenInfo> {
    const refreshToken = cached?.refreshToken ?? this.#refreshToken;
    if (!refreshToken) {
      throw new AuthenticationError('There is no refresh token: the user has to sign in.', {
        requiresSignIn: true,
      });
    }
    // Spotify leaves out what stays as it was (observed since June 2026).
    return { ...cached, refreshToken, ...(await this.#tokenEndpoint.refresh(refreshToken)) };
  }

  /** Each verifier serves once. */
  #take(code: string, { state, codeVerifier }: ExchangeOptions): PendingAuthorization {
    const [onlyState] = this.#pending.size === 1 ? this.#pending.keys() : [];
    const key = state ?? onlyState ?? '';
    const known = this.#answered.get(code) ?? this.#pending.get(key);
    if (!this.#answered.delete(code) && known) this.#pending.delete(key);
    if (codeVerifier !== undefined) {
      return { codeVerifier, redirectUri: known?.redirectUri ?? this.#requireRedirectUri() };
    }
    if (known) return known;
    throw new ConfigurationError(
      'No code verifier belongs to this code: pass its state or codeVerifier.',
    );
  }

  #requireRedirectUri(): string {
    if (this.redirectUri) return this.redirectUri;
    throw new ConfigurationError(
      'A redirect URI is needed: pass redirectUri or set SPOTIFY_SDK_REDIRECT_URI.',
    );
  }
}
