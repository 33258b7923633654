/** What went wrong, as a stable word to branch on. Messages may be reworded at any time. */
export type SpotifyAuthErrorCode =
  | 'configuration'
  | 'authentication'
  | 'invalid_response'
  | 'server'
  | 'rate_limit'
  | 'connection'
  | 'state_mismatch'
  | 'authorization_denied';

/**
 * Base of every error of this library.
 * No message, stack or JSON form of one ever contains a token, code, verifier or secret.
 */
export abstract class SpotifyAuthError extends Error {
  // Spelled out in each class, because a minifier renames classes.
  abstract override readonly name: string;
  abstract readonly code: SpotifyAuthErrorCode;

  /** Whether nothing but a new consent of the user helps: retrying is pointless. */
  readonly requiresSignIn: boolean = false;
}

/** The caller gave something unusable; nothing was sent. */
export class ConfigurationError extends SpotifyAuthError {
  override readonly name = 'ConfigurationError';
  readonly code = 'configuration';
}

/** What an {@link AuthenticationError} knows of the refusal. */
export interface Refusal {
  /** HTTP status, where there was an answer at all. */
  readonly status?: number | undefined;
  /** OAuth error code (RFC 6749 section 5.2), the only field to branch on. */
  readonly error?: string | undefined;
  /** Spotify's wording, which changes; untrusted text, never to be shown as markup. */
  readonly errorDescription?: string | undefined;
  /** The refusal's body as text, the secrets of the request blotted out. */
  readonly body?: string | undefined;
  readonly requiresSignIn?: boolean;
}

/** Spotify refused the request, or there is nothing left to ask it with. */
export class AuthenticationError extends SpotifyAuthError {
  override readonly name: string = 'AuthenticationError';
  readonly code: 'authentication' | 'invalid_response' = 'authentication';
  readonly status: number | undefined;
  readonly error: string | undefined;
  readonly errorDescription: string | undefined;
  readonly body: string | undefined;
  override readonly requiresSignIn: boolean;

  constructor(message: string, refusal: Refusal = {}, options?: ErrorOptions) {
    super(message, options);
    this.status = refusal.status;
    this.error = refusal.error;
    this.errorDescription = refusal.errorDescription;
    this.body = refusal.body;
    this.requiresSignIn = refusal.requiresSignIn ?? false;
  }
}

/** Whether Spotify says that a code or a refresh token is no longer good (RFC 6749 section 5.2). */
export function isInvalidGrant(error: unknown): error is AuthenticationError {
  return error instanceof AuthenticationError && error.error === 'invalid_grant';
}

/** Whether Spotify says that it does not know the client (RFC 6749 section 5.2). */
export function isInvalidClient(error: unknown): error is AuthenticationError {
  return error instanceof AuthenticationError && error.error === 'invalid_client';
}

/** The answer is not one that the protocol allows: HTML, half a body, a field of a wrong type. */
export class InvalidResponseError extends AuthenticationError {
  override readonly name = 'InvalidResponseError';
  override readonly code = 'invalid_response';
}

/** Spotify answered 5xx, retries included. */
export class ServerError extends SpotifyAuthError {
  override readonly name = 'ServerError';
  readonly code = 'server';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Spotify answered 429 and the pause it asks for is longer than the caller can wait. */
export class RateLimitError extends SpotifyAuthError {
  override readonly name = 'RateLimitError';
  readonly code = 'rate_limit';
  /** From `Retry-After`; absent where Spotify named none. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, retryAfterSeconds?: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Network, TLS or time-out, with the reason in `cause`. */
export class ConnectionError extends SpotifyAuthError {
  override readonly name = 'ConnectionError';
  readonly code = 'connection';
  /** False only where the request surely never left: then even a code exchange may be repeated. */
  readonly mayHaveReachedServer: boolean;

  constructor(message: string, cause: unknown, mayHaveReachedServer = true) {
    super(message, { cause });
    this.mayHaveReachedServer = mayHaveReachedServer;
  }
}

/** The callback's `state` is not one of ours (RFC 6749 section 10.12): somebody else's callback. */
export class StateMismatchError extends SpotifyAuthError {
  override readonly name = 'StateMismatchError';
  readonly code = 'state_mismatch';
}

/** The user refused on Spotify's consent page (`error=access_denied`). */
export class AuthorizationDeniedError extends SpotifyAuthError {
  override readonly name = 'AuthorizationDeniedError';
  readonly code = 'authorization_denied';
  override readonly requiresSignIn = true;
}

/**
 * An OAuth error code (RFC 6749 sections 4.1.2.1 and 5.2) as it may be shown: one of a few words,
 * or nothing of what the answer says.
 */
export function errorWord(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'unknown error';
}
