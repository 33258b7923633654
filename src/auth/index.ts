export {
  AuthorizationCode,
  type AuthorizationCodeOptions,
  type AuthorizationUrlOptions,
  type ExchangeOptions,
} from './authorizationCode.ts';
export type { AuthProvider } from './authProvider.ts';
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
export { normalizeScopes, SPOTIFY_SCOPES, type SpotifyScope } from './scopes.ts';
export { InMemoryTokenCache, type TokenCache } from './tokenCache.ts';
export { isExpired, type TokenInfo } from './tokenInfo.ts';
export type { Fetch } from './transport.ts';
