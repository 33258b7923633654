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

/** Among the tabs of one origin, by the Web Locks API; a tab that is closed lets go of its locks. */
export class WebRefreshLock implements RefreshLock {
  readonly #locks: TabLocks;

  constructor(locks: TabLocks) {
    this.#locks = locks;
  }

  async hold<T>(id: string, patienceMs: number, task: () => Promise<T>): Promise<T> {
    const name = `spotify-authentication refresh ${id}`;
    const atOnce = await this.#locks.request(name, { ifAvailable: true }, async (lock) =>
      lock ? { value: await task() } : undefined,
    );
    if (atOnce) return atOnce.value;
    const patience = new TimeLimit(patienceMs, () => new LockTimeoutError());
    patience.begin();
    return this.#locks.request(name, { signal: patience.signal }, async () => {
      patience.end();
      await delay(NEWS_MS);
      return task();
    });
  }
}
