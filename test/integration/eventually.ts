import { setTimeout } from 'node:timers/promises';

/** What `find` brings as soon as it is something; the test's own limit ends the wait. */
export async function eventually<T>(find: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    await setTimeout(5, undefined, { ref: false });
  }
}
