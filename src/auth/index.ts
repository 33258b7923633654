/**
 * Access tokens for Spotify: sign-in with PKCE, refreshing, token caches.
 * @module @spotify-sdk/js
 */
export { AuthorizationCode } from './authorizationCode.ts';
export type { AuthorizationCodeOptions, ExchangeOptions } from './authorizationCodeOptions.ts';
export type { AuthorizationUrlOptions } from './authorizationUrl.ts';
export type { PageKind, SignInOutcome } from './authorize.ts';
export { authorizeLocal, type AuthorizeLocalOptions } from './node/authorizeLocal.ts';
export type { AccessTokenOptions, AuthProvider } from './authProvider.ts';
export { ClientCredentials, type ClientCredentialsOptions } from './clientCredentials.ts';
export { type Endpoints, endpointsAt, SPOTIFY_ACCOUNTS_URL } from './endpoints.ts';
export {
  AuthenticationError,
  AuthorizationDeniedError,
  ConfigurationError,
  ConnectionError,
  InvalidResponseError,
  RateLimitError,
  type Refusal,
  ServerError,
  SpotifyAuthError,
  type SpotifyAuthErrorCode,
  StateMismatchError,
} from './errors.ts';
export { environmentFetch } from './node/environmentFetch.ts';
export { FileTokenCache, type FileTokenCacheOptions } from './node/fileTokenCache.ts';
export { normalizeScopes } from './scopes.ts';
export { SPOTIFY_SCOPES, type SpotifyScope } from './spotifyScopes.ts';
export type { ClientAuthentication } from './tokenEndpoint.ts';
export {
  InMemoryTokenCache,
  isExpired,
  type TokenCache,
  type TokenInfo,
  type TokenOrigin,
} from './tokenInfo.ts';
export type { Fetch } from './transport.ts';
