export {
  AuthorizationCode,
  type AuthorizationCodeOptions,
  type ExchangeOptions,
} from './authorizationCode.ts';
export type { AuthorizationUrlOptions } from './authorizationUrl.ts';
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
  ServerError,
  SpotifyAuthError,
  type SpotifyAuthErrorCode,
  StateMismatchError,
} from './errors.ts';
export { FileTokenCache } from './node/fileTokenCache.ts';
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
