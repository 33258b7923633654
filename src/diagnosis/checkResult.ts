import { within } from '../common/timeLimits.ts';

/** After how long, in milliseconds, a check counts as hanging. Every other check is faster. */
const CHECK_TIMEOUT_MS = 10_000;

/** What a check found, or the error because of which it found nothing. */
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

/** What the check found; undefined if it failed. */
export function findingOf<T>(result: CheckResult<T>): T | undefined {
  return 'finding' in result ? result.finding : undefined;
}
