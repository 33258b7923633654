import { defaultFetch } from '#defaultFetch';
import type { Endpoints } from './endpoints.ts';
import { ConfigurationError } from './errors.ts';
import type { TokenRequestLimits } from './tokenEndpoint.ts';
import type { TokenCache } from './tokenInfo.ts';
import type { Fetch } from './transport.ts';

/** Whatever hands out access tokens. Anything that takes a provider takes a custom one. */
export interface AuthProvider {
  /** An access token that is valid now. Rejects with a `SpotifyAuthError` where there is none. */
  getAccessToken(): Promise<string>;
  /** Lets go of whatever the provider holds. */
  close?(): void | Promise<void>;
}

/** What both grants take; everything has a default. */
export interface ProviderOptions {
  /** In memory unless given. */
  readonly tokenCache?: TokenCache | undefined;
  /** Limit for one attempt in milliseconds; 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Limit for all attempts of one call and the pauses between them in milliseconds; 60 000. */
  readonly timeBudgetMs?: number | undefined;
  /** Repetitions after the first attempt; 3. */
  readonly maxRetries?: number | undefined;
  /** How long before its end a token counts as expired, in seconds; 30. */
  readonly expirySkewSeconds?: number | undefined;
  /** undici, with the proxies of the environment, unless given. */
  readonly fetch?: Fetch | undefined;
  /** Spotify's unless given. */
  readonly endpoints?: Endpoints | undefined;
}

/**
 * The limits in force.
 * @throws ConfigurationError for one that makes no sense.
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

/** How long before its end a token counts as expired, in seconds. */
export function expirySkew({ expirySkewSeconds = 30 }: ProviderOptions): number {
  return atLeastZero('expirySkewSeconds', expirySkewSeconds);
}

/** A timer takes no longer time than this; it would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** `value` as a timer takes it. @throws ConfigurationError unless it is positive. */
export function milliseconds(name: string, value: number): number {
  if (value > 0) return Math.ceil(Math.min(value, LONGEST_TIMER_MS));
  throw new ConfigurationError(`${name} has to be a positive number of milliseconds.`);
}

function atLeastZero(name: string, value: number): number {
  if (value >= 0) return value;
  throw new ConfigurationError(`${name} cannot be ${value}.`);
}
