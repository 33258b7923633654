import { FileLock } from '../auth/node/fileLock.ts';
import { LockTimeoutError, type RefreshLock } from '../sessions/acrossWindows.ts';

/**
 * A lock among all windows of this computer, by files in a folder that the windows share. If a window
 * sleeps while it holds the lock, another one may get it too. Then a request may be wasted, but no
 * session is lost, because a window compares the record before it writes.
 */
export class FileRefreshLock implements RefreshLock {
  readonly #lock: FileLock;

  /** @param maxHoldMs How long a holder keeps the lock at most, in milliseconds. */
  constructor(folder: string, maxHoldMs?: number) {
    this.#lock = new FileLock(folder, maxHoldMs);
  }

  hold<T>(id: string, patienceMs: number, task: () => Promise<T>): Promise<T> {
    return this.#lock.hold(id, patienceMs, task, () => new LockTimeoutError());
  }
}
