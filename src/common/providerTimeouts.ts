import { ConnectionError } from '../auth/errors.ts';
import { within } from './timeLimits.ts';

/** VS Code's calls into a provider wait for each other: one that asks Spotify may take so long, in ms. */
export const LONGEST_WAIT_MS = 9500;
/** How long one attempt within that may take, in milliseconds. */
export const ATTEMPT_TIMEOUT_MS = 4000;
/** One that asks a person may take so long, in milliseconds. */
export const SIGN_IN_CALL_TIMEOUT_MS = 5 * 60 * 1000;

/** What `promise` brings, or after `waitMs` milliseconds a rejection with a `ConnectionError`. */
export function inTime<T>(promise: Promise<T>, waitMs = LONGEST_WAIT_MS): Promise<T> {
  const notInTime = () => new ConnectionError('Spotify has not answered in time.', undefined);
  return within(waitMs, notInTime, promise);
}
