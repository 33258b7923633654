import { within } from '../common/timeLimits.ts';

/** Longer than any check takes that comes to an end, in milliseconds. */
const LIMIT_MS = 10_000;

/** What a check has found, or why it could not be made. */
export type CheckResult<T> = { readonly found: T } | { readonly failed: unknown };

/** Makes a check, which may throw, reject, or never end. */
export async function runCheck<T>(check: () => T | Promise<T>): Promise<CheckResult<T>> {
  try {
    const checking = Promise.resolve().then(check);
    return { found: await within(LIMIT_MS, () => new Error('It took too long.'), checking) };
  } catch (failed) {
    return { failed };
  }
}

/** What was found, if anything. */
export function found<T>(result: CheckResult<T>): T | undefined {
  return 'found' in result ? result.found : undefined;
}
