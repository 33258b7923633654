/** The kind of an error, for programs to branch on. Codes are stable, messages are not. */
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
 * The base class of this library's errors. Their messages, stacks and JSON forms contain no token,
 * authorization code, code verifier or client secret.
 */
export abstract class SpotifyAuthError extends Error {
  /** The name of the class. */
  // Each class sets it as a literal: a minifier renames classes.
  abstract override readonly name: string;
  /** The kind of the error. */
  abstract readonly code: SpotifyAuthErrorCode;

  /** Whether the user has to sign in again. Then a retry fails, too. */
  readonly requiresSignIn: boolean = false;
}

/** An option or argument is missing or invalid. Nothing was sent. */
export class ConfigurationError extends SpotifyAuthError {
  override readonly name = 'ConfigurationError';
  readonly code = 'configuration';
}

/** The details of an {@link AuthenticationError}. */
export interface Refusal {
  /** HTTP status; undefined if no request was answered. */
  readonly status?: number | undefined;
  /** OAuth error code (RFC 6749 section 5.2). Programs may depend on it, not on its description. */
  readonly error?: string | undefined;
  /** Spotify's own text, which changes. It is untrusted: never show it as markup. */
  readonly errorDescription?: string | undefined;
  /**
   * The body of the answer, or 200 characters of its text if it is not JSON. The secrets of the
   * request, and what looks like a token, are replaced by `***`.
   */
  readonly body?: string | undefined;
  /** Whether the user has to sign in again; false by default. */
  readonly requiresSignIn?: boolean;
}

/**
 * Spotify refused the sign-in, a token request or the request for the profile; or there is no refresh
 * token. `InvalidResponseError` is a subclass.
 */
export class AuthenticationError extends SpotifyAuthError {
  override readonly name: string = 'AuthenticationError';
  readonly code: 'authentication' | 'invalid_response' = 'authentication';
  /** HTTP status; undefined if no request was answered. */
  readonly status: number | undefined;
  /** OAuth error code (RFC 6749 section 5.2), such as `invalid_client`, or `unknown error`. */
  readonly error: string | undefined;
  /** Spotify's own text, which changes. It is untrusted: never show it as markup. */
  readonly errorDescription: string | undefined;
  /** The body of the answer, or 200 characters of its text if it is not JSON; without secrets. */
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

/** Returns the error where nothing can be refreshed. `fault` says why, if the token cache knows. */
export function noRefreshToken(fault: string | undefined): AuthenticationError {
  const reason = fault ? ` (${fault})` : '';
  return new AuthenticationError(`There is no refresh token${reason}: the user has to sign in.`, {
    requiresSignIn: true,
  });
}

/** Whether Spotify says that a code or refresh token is invalid or expired (RFC 6749 section 5.2). */
export function isInvalidGrant(error: unknown): error is AuthenticationError {
  return error instanceof AuthenticationError && error.error === 'invalid_grant';
}

/** Whether Spotify says that the client ID or secret is wrong (RFC 6749 section 5.2). */
export function isInvalidClient(error: unknown): error is AuthenticationError {
  return error instanceof AuthenticationError && error.error === 'invalid_client';
}

/** The answer does not follow the protocol: HTML, a truncated body, a field of a wrong type. */
export class InvalidResponseError extends AuthenticationError {
  override readonly name = 'InvalidResponseError';
  override readonly code = 'invalid_response';
}

/** Spotify answered 5xx, also to the last retry. */
export class ServerError extends SpotifyAuthError {
  override readonly name = 'ServerError';
  readonly code = 'server';
  /** HTTP status, from 500 on. */
  readonly status: number;
  /** The first 200 characters of the answer, without what looks like a token. */
  readonly body: string | undefined;

  constructor(message: string, status: number, body?: string) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/**
 * Spotify answered 429, and the pause that it asks for does not fit into the time budget, or the quota
 * of the developer account is used up.
 */
export class RateLimitError extends SpotifyAuthError {
  override readonly name = 'RateLimitError';
  readonly code = 'rate_limit';
  /** HTTP status. */
  readonly status = 429;
  /** From the header `Retry-After`; undefined if the answer has none. */
  readonly retryAfterSeconds: number | undefined;
  /** Whether the quota of the developer account is used up: all its apps wait, often for hours. */
  readonly isQuotaExceeded: boolean;

  constructor(message: string, retryAfterSeconds?: number, isQuotaExceeded = false) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
    this.isQuotaExceeded = isQuotaExceeded;
  }
}

/** The network or TLS failed, or the time ran out. The reason is in `cause`. */
export class ConnectionError extends SpotifyAuthError {
  override readonly name = 'ConnectionError';
  readonly code = 'connection';
  /** False if the request was certainly not sent: then even the exchange of a code may be repeated. */
  readonly mayHaveReachedServer: boolean;

  constructor(message: string, cause: unknown, mayHaveReachedServer = true) {
    super(message, { cause });
    this.mayHaveReachedServer = mayHaveReachedServer;
  }
}

/** The callback's `state` is not the expected one (RFC 6749 section 10.12). Do not use its code. */
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
 * Returns an OAuth error code (RFC 6749 sections 4.1.2.1 and 5.2) if it is safe to show: lower-case
 * letters and underscores. Returns `unknown error` for any other text.
 */
export function oauthErrorCode(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'unknown error';
}

/**
 * Throws for `invalid_request` at a refresh without a client secret. Spotify answers so if the user
 * signed in to a program with a secret and without PKCE, such as one in Python.
 */
export function throwIfSecretNeeded(error: unknown): void {
  if (!(error instanceof AuthenticationError && error.error === 'invalid_request')) return;
  const advice =
    'If the user signed in with a client secret, the client secret is needed here, too.';
  throw new AuthenticationError(`${error.message} ${advice}`, error, { cause: error });
}
