import { AuthenticationError, AuthorizationDeniedError, SpotifyAuthError } from '../auth/errors.ts';
import { failures, type Message } from '../messages.ts';
import { AccountRefusedError, SignInTimeoutError } from './errors.ts';

/** What a person is told of a sign-in that failed with `error`. */
export function failureMessage(error: unknown): Message {
  if (error instanceof AuthorizationDeniedError) return failures.denied();
  if (error instanceof SignInTimeoutError) return failures.timedOut();
  if (error instanceof AccountRefusedError) return failures[error.reason]();
  if (error instanceof AuthenticationError && error.error === 'invalid_client') {
    return failures.unknownClient();
  }
  const isPassing =
    error instanceof SpotifyAuthError &&
    ['connection', 'server', 'rate_limit'].includes(error.code);
  return isPassing ? failures.unreachable() : failures.other();
}
