import type { StoredSession } from './storedSession.ts';

/** How many seconds after a refusal a suspended session may be refreshed again. */
const SUSPENSION = 3600;

/** By how much the clocks of machines that share the secrets may differ, in seconds. */
const CLOCK_DIFFERENCE = 60;

type TokenTimes = Pick<StoredSession, 'consentedAt' | 'refreshedAt'>;

/** Whether the session's token was issued within the last `seconds`. */
export function isTokenRecent(
  { consentedAt, refreshedAt = consentedAt }: TokenTimes,
  seconds: number,
): boolean {
  // After the clock was set back, the time of the token may be in the future.
  return Math.abs(Date.now() / 1000 - refreshedAt) < seconds;
}

/**
 * Whether the token was issued at a time that this computer's clock has not reached yet. The clock was
 * then set back, so it is not known when the token expires.
 */
export function isTokenFromFuture({ consentedAt, refreshedAt = consentedAt }: TokenTimes): boolean {
  return refreshedAt - Date.now() / 1000 > CLOCK_DIFFERENCE;
}

/** Whether the session may be refreshed: it is not suspended, or was suspended at least an hour ago. */
export function mayBeRefreshed({ suspendedAt }: Pick<StoredSession, 'suspendedAt'>): boolean {
  // After the clock was set back, the time of the refusal may be in the future.
  return suspendedAt === undefined || Math.abs(Date.now() / 1000 - suspendedAt) >= SUSPENSION;
}
