import { setImmediate } from 'node:timers/promises';
import type { RefreshLock } from '../../../src/sessions/acrossWindows.ts';

/** How long a test waits for a lock, in milliseconds: longer than any test holds one. */
export const PATIENCE_MS = 15_000;

/** Takes the lock, and holds it until the returned function is called. */
export async function holdOn(lock: RefreshLock, id: string): Promise<() => Promise<void>> {
  const over = Promise.withResolvers<undefined>();
  const begun = Promise.withResolvers<undefined>();
  const held = lock.hold(id, PATIENCE_MS, () => {
    begun.resolve(undefined);
    return over.promise;
  });
  await begun.promise;
  return async () => {
    over.resolve(undefined);
    await held;
  };
}

/** Takes the lock from all `contenders` at once. Returns how many held it together at most, and at the end. */
export async function contend(
  contenders: readonly RefreshLock[],
  id: string,
): Promise<{ most: number; holders: number }> {
  let holders = 0;
  let most = 0;
  const task = async () => {
    most = Math.max(most, ++holders);
    for (let turns = 0; turns < 20; turns++) await setImmediate();
    holders--;
  };
  await Promise.all(contenders.map((lock) => lock.hold(id, PATIENCE_MS, task)));
  return { most, holders };
}
