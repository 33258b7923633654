import { AuthorizationDeniedError } from './errors.ts';

/**
 * How a sign-in ended, as far as its browser tab is told. `received`: Spotify has answered, and more
 * is not known here. `expired`: it was cancelled, or took too long, after Spotify had answered.
 */
export type SignInOutcome = 'signedIn' | 'received' | 'denied' | 'failed' | 'expired';

/** How a sign-in ended that rejected with `error`, and that `signal` was to end. */
export function outcomeOf(error: unknown, signal: AbortSignal): SignInOutcome {
  if (error instanceof AuthorizationDeniedError) return 'denied';
  return signal.aborted ? 'expired' : 'failed';
}

/**
 * What the browser tab has to say. `used`: another tab brought the answer first. `unknown`: no
 * sign-in of ours waits for this.
 */
export type PageKind = SignInOutcome | 'used' | 'unknown';
