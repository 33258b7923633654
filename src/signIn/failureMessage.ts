import { AuthorizationDeniedError, isInvalidClient, SpotifyAuthError } from '../auth/errors.ts';
import type { Client } from '../common/client.ts';
import { failures } from '../messages/failures.ts';
import type { Message } from '../messages/message.ts';
import { unknownClient } from '../messages/tokenFailures.ts';
import {
  AccountRefusedError,
  AccountUnansweredError,
  NotStoredError,
  RedirectUriError,
  SignInTimeoutError,
  UnexchangedCodeError,
} from './errors.ts';

/** Options of {@link failureMessage}. */
export interface FailureContext {
  /** Makes the message for an error that has no message of its own. */
  readonly other?: () => Message;
  /** The Spotify app of the sign-in; undefined if it is not known. */
  readonly client?: Client | undefined;
  /** Whether the Accounts menu offered the sign-in without a request of an extension. */
  readonly isOffered?: boolean;
}

/** Returns the message for the user about a sign-in that failed with `error`. */
export function failureMessage(
  error: unknown,
  { other = failures.other, client, isOffered }: FailureContext = {},
): Message {
  const ofApp = client?.source === 'extension' ? failures.ofExtensionApp : failures.ofOwnApp;
  if (error instanceof AuthorizationDeniedError) return failures.denied(isOffered);
  if (error instanceof SignInTimeoutError) return failures.timedOut();
  if (error instanceof AccountRefusedError) return ofApp[error.reason]();
  if (error instanceof AccountUnansweredError) return failures.accountUnanswered();
  if (error instanceof NotStoredError) return failures.notStored();
  if (error instanceof RedirectUriError) {
    return failures.redirectUri[error.fault](error.redirectUri);
  }
  if (error instanceof UnexchangedCodeError) {
    const message = failureMessage(error.cause, { other: failures.unreachable, client });
    return { ...message, text: `${message.text} ${failures.needsNoConsent()}` };
  }
  if (isInvalidClient(error)) return unknownClient(client);
  if (!(error instanceof SpotifyAuthError)) return other();
  if (error.code === 'connection') return failures.unreachable();
  return ['server', 'rate_limit'].includes(error.code) ? failures.busy() : other();
}
