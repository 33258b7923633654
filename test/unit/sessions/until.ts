import { setTimeout } from 'node:timers/promises';

/** Resolves once `condition` holds; the test's own limit ends the wait, which holds no process. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(5, undefined, { ref: false });
}
