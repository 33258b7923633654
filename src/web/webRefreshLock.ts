import { delay } from '../auth/abortable.ts';
import { LockTimeoutError, type RefreshLock } from '../sessions/acrossWindows.ts';
import { TimeLimit } from '../common/timeLimits.ts';

/** How long what a tab has stored may be on its way to the next one, in milliseconds. */
const NEWS_MS = 200;

/** What of the Web Locks API is needed: https://w3c.github.io/web-locks/ */
export interface TabLocks {
  request<T>(
    name: string,
    options: { readonly signal: AbortSignal },
    task: () => Promise<T>,
  ): Promise<T>;
}

/**
 * Among the tabs of one origin, by the Web Locks API; a tab that is closed lets go of its locks. One is kept
 * a little longer than its task runs, so that the next tab has heard of it. Holds up nobody where the browser
 * denies it, as Firefox does where it blocks the cookies of a page in a page.
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
          await delay(NEWS_MS);
        })
        .catch((error: unknown) => {
          if (error instanceof LockTimeoutError) reject(error);
          // Denied, or taken away from the task, which goes on.
          else void run();
        });
    });
  }
}
