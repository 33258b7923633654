import { delay } from '../auth/abortable.ts';
import { LockTimeoutError, type RefreshLock } from '../sessions/acrossWindows.ts';
import { TimeLimit } from '../common/timeLimits.ts';

/** How long a broadcast may take from one tab to another, in milliseconds. */
const BROADCAST_MS = 200;

/** The part of the Web Locks API that this file uses: https://w3c.github.io/web-locks/ */
export interface TabLocks {
  request<T>(
    name: string,
    options: { readonly signal: AbortSignal },
    task: () => Promise<T>,
  ): Promise<T>;
}

/**
 * A lock among the tabs of one origin, by the Web Locks API. If a tab is closed, the browser
 * releases its locks. A tab keeps the lock for {@link BROADCAST_MS} after its task, so that the
 * next tab has received what this tab stored. If the browser forbids locks, as Firefox does in
 * embedded pages while it blocks their cookies, the task runs at once and without a lock.
 */
export class WebRefreshLock implements RefreshLock {
  readonly #locks: TabLocks;
  readonly #nameOf: (id: string) => Promise<string>;

  /** @param nameOf Returns the name of the lock. All extensions of the origin can see it. */
  constructor(locks: TabLocks, nameOf = (id: string) => Promise.resolve(id)) {
    this.#locks = locks;
    this.#nameOf = async (id) => `spotify-authentication ${await nameOf(id)}`;
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
      const hold = async () => {
        await run();
        await delay(BROADCAST_MS);
      };
      const { signal } = patience;
      this.#nameOf(id)
        .then((name) => this.#locks.request(name, { signal }, hold))
        .catch((error: unknown) => {
          if (error instanceof LockTimeoutError) reject(error);
          // The browser has forbidden the lock, so the task starts now. Or the browser has taken
          // the lock away from the task, which then goes on.
          else void run();
        });
    });
  }
}
