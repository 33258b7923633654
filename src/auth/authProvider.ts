import { defaultFetch } from '#defaultFetch';
import type { Endpoints } from './endpoints.ts';
import { ConfigurationError } from './errors.ts';
import type { TokenRequestLimits } from './tokenEndpoint.ts';
import type { TokenCache, TokenInfo } from './tokenInfo.ts';
import type { Fetch } from './transport.ts';

/** A source of access tokens. Programs may implement their own. */
export interface AuthProvider {
  /** Returns an access token that is valid now. Rejects with a `SpotifyAuthError` if there is none. */
  getAccessToken(options?: AccessTokenOptions): Promise<string>;
  /** Replaces `refused`, an access token that Spotify answered with 401: by default the last one returned. */
  renew?(refused?: string): Promise<void>;
  /** Releases the provider's resources. */
  close?(): void | Promise<void>;
}

/** Options of {@link AuthProvider.getAccessToken}. */
export interface AccessTokenOptions {
  /** An abort ends this call only: it rejects with the signal's reason. The request goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** Options that `AuthorizationCode` and `ClientCredentials` have in common. */
export interface ProviderOptions {
  /** Where the token is kept. By default in memory, by an {@link InMemoryTokenCache}. */
  readonly tokenCache?: TokenCache | undefined;
  /**
   * Receives each new token, when the cache has stored it or has failed to. Is not awaited. Its error
   * becomes a warning of the process.
   */
  readonly onToken?: ((token: TokenInfo) => void) | undefined;
  /**
   * Receives the cache's error when a token that can be requested again is kept in memory only. The
   * default is a warning. Called once, until the cache stores a token again.
   */
  readonly onCacheError?: ((error: unknown) => void) | undefined;
  /** Time limit of one attempt in milliseconds; 30 000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Time limit of all attempts of one call and their pauses in milliseconds; 60 000 by default. */
  readonly timeBudgetMs?: number | undefined;
  /** Number of attempts after the first one; 3 by default. */
  readonly maxRetries?: number | undefined;
  /** A token counts as expired this many seconds before it expires; 30 by default. */
  readonly expirySkewSeconds?: number | undefined;
  /**
   * Makes the requests. The default in Node is undici's if that package is installed, with the proxies and
   * certificates of the environment. Otherwise, it is `globalThis.fetch`.
   */
  readonly fetch?: Fetch | undefined;
  /** Another server, such as a test server; Spotify's by default. See {@link endpointsAt}. */
  readonly endpoints?: Endpoints | undefined;
}

/**
 * Returns the options of requests, with the defaults filled in.
 * @throws ConfigurationError if a limit is negative or no number, or if a time limit is zero.
 */
export function requestLimits(options: ProviderOptions): TokenRequestLimits {
  const {
    fetch = defaultFetch,
    timeoutMs = 30_000,
    timeBudgetMs = 60_000,
    maxRetries = 3,
  } = options;
  return {
    fetch,
    timeoutMs: milliseconds('timeoutMs', timeoutMs),
    timeBudgetMs: milliseconds('timeBudgetMs', timeBudgetMs),
    maxRetries: atLeastZero('maxRetries', maxRetries),
  };
}

/** Returns `expirySkewSeconds` or its default. @throws ConfigurationError if it is negative or NaN. */
export function expirySkew({ expirySkewSeconds = 30 }: ProviderOptions): number {
  return atLeastZero('expirySkewSeconds', expirySkewSeconds);
}

/** `setTimeout` fires at once for more milliseconds than this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Returns `value` as `setTimeout` accepts it. @throws ConfigurationError unless it is positive. */
export function milliseconds(name: string, value: number): number {
  if (value > 0) return Math.ceil(Math.min(value, LONGEST_TIMER_MS));
  throw new ConfigurationError(`${name} must be a positive number of milliseconds.`);
}

function atLeastZero(name: string, value: number): number {
  if (value >= 0) return value;
  throw new ConfigurationError(`${name} must not be ${value}.`);
}
