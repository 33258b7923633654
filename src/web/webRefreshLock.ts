import { delay } from '../auth/retry.ts';
import { LockTimeoutError, type RefreshLock } from '../sessions/refreshLock.ts';
import { TimeLimit } from '../timeLimit.ts';

/** How long what another tab has stored may be on its way after its lock is free, in milliseconds. */
const NEWS_MS = 200;

/** What of the Web Locks API is needed: https://w3c.github.io/web-locks/ */
export interface TabLocks {
  request<T>(
    name: string,
    options: { readonly ifAvailable?: true; readonly signal?: AbortSignal },
    task: (lock: object | null) => Promise<T>,
  ): Promise<T>;
}

/**
 * Among the tabs of one origin, by the Web Locks API; a tab that is closed lets go of its locks. Holds up
 * nobody where the browser denies it, as Firefox does where it blocks the cookies of a page in a page.
 */
export class WebRefreshLock implements RefreshLock {
  readonly #locks: TabLocks;

  constructor(locks: TabLocks) {
    this.#locks = locks;
  }

  async hold<T>(id: string, patienceMs: number, task: () => Promise<T>): Promise<T> {
    const name = `spotify-authentication refresh ${id}`;
    const atOnce = await this.#ifFree(name, task);
    if (atOnce) return atOnce.value;
    const patience = new TimeLimit(patienceMs, () => new LockTimeoutError());
    patience.begin();
    return this.#locks.request(name, { signal: patience.signal }, async () => {
      patience.end();
      await delay(NEWS_MS);
      return task();
    });
  }

  /** Runs `task`, unless another tab holds the lock. */
  async #ifFree<T>(
    name: string,
    task: () => Promise<T>,
  ): Promise<{ value: Promise<T> } | undefined> {
    const runs: Promise<T>[] = [];
    try {
      return await this.#locks.request(name, { ifAvailable: true }, async (lock) => {
        if (!lock) return undefined;
        const value = task();
        runs.push(value);
        await Promise.allSettled([value]);
        return { value };
      });
    } catch {
      // Denied, or taken away from the task, which goes on.
      return { value: runs[0] ?? task() };
    }
  }
}
