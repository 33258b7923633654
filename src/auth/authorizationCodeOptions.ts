import type { ProviderOptions } from './authProvider.ts';
import type { CredentialOptions } from './credentials.ts';

/** Options of `AuthorizationCode`. Environment variables replace missing credentials. */
export interface AuthorizationCodeOptions extends CredentialOptions, ProviderOptions {
  /** The scopes to ask the user for: a list, or a string that separates them by spaces or commas. */
  readonly scope?: string | readonly string[] | undefined;
  /** A refresh token from elsewhere, such as another program. Used while the cache has no token. */
  readonly refreshToken?: string | undefined;
}

/** Says which authorization URL a code belongs to, if the instance cannot know. */
export interface ExchangeOptions {
  /** The state of the URL, if this instance has made several and has not parsed the response. */
  readonly state?: string | undefined;
  /** The code verifier of the URL, if another instance or process has made it. */
  readonly codeVerifier?: string | undefined;
  /** An abort rejects the call at once with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called when Spotify asks to wait (429), with the milliseconds until the code is sent again. */
  readonly onRateLimit?: ((pauseMs: number) => void) | undefined;
}
