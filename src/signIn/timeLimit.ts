import { SignInTimeoutError } from './errors.ts';

/** A sign-in holds up every other call into the provider, so it has to end. In milliseconds. */
export const SIGN_IN_TIME_LIMIT_MS = 5 * 60 * 1000;

/** Runs `task` with a signal that aborts with a {@link SignInTimeoutError} when time is up. */
export async function withTimeLimit<T>(
  task: (signal: AbortSignal) => Promise<T>,
  limitMs = SIGN_IN_TIME_LIMIT_MS,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new SignInTimeoutError()), limitMs);
  try {
    return await task(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
