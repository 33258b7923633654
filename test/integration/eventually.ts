import { setTimeout } from 'node:timers/promises';

/**
 * Calls `find` until it returns a value other than undefined and false, and returns that value. The
 * time limit of the test ends the wait.
 */
export async function eventually<T>(find: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    await setTimeout(5, undefined, { ref: false });
  }
}
