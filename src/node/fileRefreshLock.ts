import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { delay } from '../auth/abortable.ts';
import { LockTimeoutError, type RefreshLock } from '../sessions/acrossWindows.ts';

/** Whoever has not said for so long that it is at work is dead, or asleep. In milliseconds. */
export const LEASE_MS = 3000;
const RENEWAL_MS = 1000;
/** No refresh takes longer, retries included: whoever is still at it hangs. In milliseconds. */
export const LONGEST_HOLD_MS = 25_000;
const POLL_MS = 50;

/**
 * Among all windows of this machine, by files in a folder that they see. Everyone who wants the lock
 * of a session puts a file of its own beside those of the others and has the lock if no other is there;
 * else it takes its file back and waits. So nobody ever touches the lock of another, and of two
 * who meet at least one sees it. A file that nobody renews counts for nothing: a holder that died
 * holds the others up for {@link LEASE_MS}, one that hangs for {@link LONGEST_HOLD_MS}. One that slept
 * longer may find itself beside another; that costs a request, and no session, since whoever stores
 * compares first.
 */
export class FileRefreshLock implements RefreshLock {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async hold<T>(id: string, patienceMs: number, task: () => Promise<T>): Promise<T> {
    const own = await this.#acquire(id, patienceMs);
    if (!own) return task();
    const heldSince = Date.now();
    const renewal = setInterval(() => {
      const now = Date.now();
      if (now - heldSince > LONGEST_HOLD_MS) clearInterval(renewal);
      else utimes(own, now / 1000, now / 1000).catch(() => undefined);
    }, RENEWAL_MS);
    try {
      return await task();
    } finally {
      clearInterval(renewal);
      await clear(own);
    }
  }

  /** The file that stands for having the lock; undefined where no file can be made at all. */
  async #acquire(id: string, patienceMs: number): Promise<string | undefined> {
    const folder = this.#folder;
    const own = path.join(folder, `${id}.${crypto.randomUUID()}.lock`);
    const end = Date.now() + patienceMs;
    while (Date.now() < end) {
      if (!(await isHeld(folder, id, own))) {
        if (!(await create(folder, own))) return undefined;
        if (!(await isHeld(folder, id, own))) return own;
        await clear(own);
      }
      // Random, so that those who met do not meet again.
      await delay(POLL_MS * (0.5 + Math.random()));
    }
    throw new LockTimeoutError();
  }
}

async function create(folder: string, file: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** What cannot be cleared away is no reason to fail: in a while it counts for nothing. */
async function clear(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

/** Whether someone else who is alive has put a file there; those of the dead are cleared away. */
async function isHeld(folder: string, id: string, own: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const file = path.join(folder, name);
    if (file === own || !name.startsWith(`${id}.`) || !name.endsWith('.lock')) continue;
    const renewedAt = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (renewedAt === undefined) continue;
    // A clock that was set back leaves files from the future.
    if (Math.abs(Date.now() - renewedAt) < LEASE_MS) return true;
    await clear(file);
  }
  return false;
}
