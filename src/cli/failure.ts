import {
  AuthorizationDeniedError,
  ConfigurationError,
  isInvalidClient,
  SpotifyAuthError,
} from '../auth/errors.ts';
import { isTransient } from '../auth/transientErrors.ts';

/** The exit codes, which docs/terminal.md lists. 4 is that of `gh`. */
export const EXIT = {
  failure: 1,
  usage: 2,
  signInNeeded: 4,
  tryAgainLater: 5,
  interrupted: 130,
} as const;

/** A failure with what the user can do about it. Its message is one sentence. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;
  /** What to do: one sentence. */
  readonly advice: string | undefined;

  constructor(message: string, exitCode: number, advice?: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
    this.advice = advice;
  }
}

/** Returns the error as one with an exit code and advice. */
export function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CommandError(message, exitCodeOf(error), adviceOn(error), { cause: error });
}

function exitCodeOf(error: unknown): number {
  if (isTransient(error)) return EXIT.tryAgainLater;
  const requiresSignIn = error instanceof SpotifyAuthError && error.requiresSignIn;
  const isDeclined = error instanceof AuthorizationDeniedError;
  return requiresSignIn && !isDeclined ? EXIT.signInNeeded : EXIT.failure;
}

function adviceOn(error: unknown): string | undefined {
  if (error instanceof AuthorizationDeniedError) return 'Nothing has changed.';
  if (isInvalidClient(error)) {
    return 'Compare the client ID, and the client secret if you use one, with your app in the dashboard: https://developer.spotify.com/dashboard';
  }
  if (isTransient(error)) return 'Try again later.';
  if (error instanceof ConfigurationError || isSystemError(error)) return undefined;
  return 'Run the command again with --debug to see the cause.';
}

/** Whether the file system or the network of the system refused something: the message says what. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/**
 * Returns the causes of an error for `--debug`, a line each: name, code and message. Removes what may be
 * a token, and the passwords of URLs.
 */
export function causes(error: unknown): string[] {
  const lines: string[] = [];
  for (let cause = error; cause instanceof Error && lines.length < 10; cause = cause.cause) {
    const { name, message, code } = cause as Error & { code?: unknown };
    const codes = typeof code === 'string' ? ` (${code})` : '';
    lines.push(redacted(`${name}${codes}: ${message}`));
  }
  return lines;
}

/** Replaces words as long as tokens and secrets, and the user information of URLs, by `***`. */
function redacted(text: string): string {
  return text.replaceAll(/[\w-]{32,}/g, '***').replaceAll(/\/\/[^\s/@]+@/g, '//***@');
}
