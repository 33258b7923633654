import { delay } from '../auth/abortable.ts';
import { LockTimeoutError, type RefreshLock } from '../sessions/acrossWindows.ts';
import { TimeLimit } from '../common/timeLimits.ts';

/** How long a broadcast of a tab may take to reach the next one, in milliseconds. */
const BROADCAST_MS = 200;

/** The part of the Web Locks API that is used: https://w3c.github.io/web-locks/ */
export interface TabLocks {
  request<T>(
    name: string,
    options: { readonly signal: AbortSignal },
    task: () => Promise<T>,
  ): Promise<T>;
}

/**
 * A lock among the tabs of one origin, by the Web Locks API. A tab that is closed releases its locks. The
 * lock is kept a little longer than its task runs, so that the next tab has received what this one
 * stored. If the browser denies locks, the task runs at once: Firefox does, if it blocks cookies of pages
 * within pages.
 */
export class WebRefreshLock implements RefreshLock {
  readonly #locks: TabLocks;

  constructor(locks: TabLocks) {
    this.#locks = locks;
  }

  hold<T>(id: string, patienceMs: number, task: () => Promise<T>): Promise<T> {
    const patience = new TimeLimit(patienceMs, () => new LockTimeoutError());
    patience.begin();
    return new Promise((resolve, reject) => {
      let running: Promise<T> | undefined;
      const run = () => {
        patience.end();
        running ??= task();
        resolve(running);
        return running;
      };
      this.#locks
        .request(`spotify-authentication refresh ${id}`, { signal: patience.signal }, async () => {
          await run();
          await delay(BROADCAST_MS);
        })
        .catch((error: unknown) => {
          if (error instanceof LockTimeoutError) reject(error);
          // Either the lock was denied, or it was taken away from the task, which goes on.
          else void run();
        });
    });
  }
}
