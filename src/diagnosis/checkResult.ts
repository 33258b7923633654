import { within } from '../common/timeLimits.ts';

/** A check that takes longer than this, in milliseconds, counts as hanging. */
const CHECK_TIMEOUT_MS = 10_000;

/** What a check found, or the error with which it failed. */
export type CheckResult<T> = { readonly finding: T } | { readonly error: unknown };

/** Runs a check, which may throw, reject or hang. Never rejects. */
export async function runCheck<T>(check: () => T | Promise<T>): Promise<CheckResult<T>> {
  try {
    const finding = Promise.resolve().then(check);
    const timedOut = () => new Error('It took too long.');
    return { finding: await within(CHECK_TIMEOUT_MS, timedOut, finding) };
  } catch (error) {
    return { error };
  }
}

/** Returns what the check found; undefined if the check failed. */
export function findingOf<T>(result: CheckResult<T>): T | undefined {
  return 'finding' in result ? result.finding : undefined;
}
