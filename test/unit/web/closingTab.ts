import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** Opens a tab, as a thread of its own. It holds the lock for `id` as long as it is open. */
export async function openLockingTab(id: string): Promise<Worker> {
  const tab = new Worker(new URL('lockingTab.ts', import.meta.url), { workerData: { id } });
  await once(tab, 'message');
  return tab;
}

/** Resolves when a tab waits for the lock for `id`. */
export async function waitedFor(id: string): Promise<void> {
  for (;;) {
    const { pending } = await navigator.locks.query();
    if (pending.some(({ name }) => name.endsWith(id))) return;
    await turn();
  }
}

/** Resolves when no tab holds the lock for `id`. */
export async function freed(id: string): Promise<void> {
  for (;;) {
    const { held } = await navigator.locks.query();
    if (!held.some(({ name }) => name.endsWith(id))) return;
    await turn();
  }
}

/** Resolves as `promise`, which waits for a lock whose holder was closed. */
export async function granted<T>(promise: Promise<T>): Promise<T> {
  const isOver = () =>
    Promise.race([
      promise.then(() => true),
      // Node grants a released lock only when a lock is requested, whichever that is.
      navigator.locks.request(randomUUID(), () => turn(false)),
    ]);
  while (!(await isOver()));
  return promise;
}
