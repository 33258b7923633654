import type { Endpoints } from './endpoints.ts';
import type { TokenCache } from './tokenCache.ts';
import type { TokenRequestLimits } from './tokenEndpoint.ts';
import { type Fetch, undiciFetch } from './transport.ts';

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

/** The limits in force. */
export function requestLimits(options: ProviderOptions): TokenRequestLimits {
  return {
    fetch: options.fetch ?? undiciFetch,
    timeoutMs: options.timeoutMs ?? 30_000,
    timeBudgetMs: options.timeBudgetMs ?? 60_000,
    maxRetries: options.maxRetries ?? 3,
  };
}
