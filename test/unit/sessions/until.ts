import { setTimeout } from 'node:timers/promises';

/**
 * Resolves when `condition` holds. It never gives up: the time limit of the test does. The wait does not
 * keep the process alive.
 */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(5, undefined, { ref: false });
}
