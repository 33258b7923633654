import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { delay } from '../abortable.ts';
import { regularFile } from './regularFile.ts';

/** A lock file that was not renewed for this long belongs to a dead or sleeping process, in milliseconds. */
export const LEASE_MS = 3000;
/** How often a holder renews its lock file, in milliseconds. */
const RENEWAL_MS = 1000;
/**
 * A holder stops renewing its file after this by default, in milliseconds. Callers keep their refreshes
 * shorter, so such a holder hangs.
 */
export const MAX_HOLD_MS = 25_000;
/** How long a waiting process pauses on average before it tries again, in milliseconds. */
const POLL_MS = 20;

/**
 * A lock among all processes of this computer, by files in a folder that they share. To get the lock
 * of an id, a process creates a file of its own. If no other process has a file for this id, the
 * process holds the lock. Otherwise, it deletes its file and waits. So no process changes the file of
 * a living process, and if two try at the same time, at least one of them sees the other.
 * A file that is not renewed does not count. So a dead process blocks the lock for {@link LEASE_MS},
 * and a process that hangs for {@link MAX_HOLD_MS}. If a holder sleeps longer, another process may
 * get the lock too.
 */
export class FileLock {
  readonly #folder: string;
  readonly #maxHoldMs: number;

  /** @param maxHoldMs How long a holder renews its file, in milliseconds. */
  constructor(folder: string, maxHoldMs = MAX_HOLD_MS) {
    this.#folder = folder;
    this.#maxHoldMs = maxHoldMs;
  }

  /**
   * Runs a task while this process holds the lock. Runs it without the lock if the folder takes no files.
   * Callers keep their tasks below {@link MAX_HOLD_MS}.
   * @param timeout The error after `patienceMs` milliseconds without the lock. The task does not run.
   * @param signal An abort ends the waiting, with its reason. A task that runs goes on.
   */
  async hold<T>(
    id: string,
    patienceMs: number,
    task: () => Promise<T>,
    timeout: () => Error,
    signal?: AbortSignal,
  ): Promise<T> {
    const own = await this.#acquire(id, patienceMs, timeout, signal);
    if (!own) return task();
    const heldSince = performance.now();
    const renewal = setInterval(() => {
      const now = Date.now() / 1000;
      if (performance.now() - heldSince > this.#maxHoldMs) clearInterval(renewal);
      else utimes(own, now, now).catch(() => undefined);
    }, RENEWAL_MS);
    try {
      return await task();
    } finally {
      clearInterval(renewal);
      await clear(own);
    }
  }

  /**
   * Waits for the lock. Returns the path of this process's lock file; undefined if no file can be
   * created in the folder.
   */
  async #acquire(
    id: string,
    patienceMs: number,
    timeout: () => Error,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    const folder = this.#folder;
    const own = path.join(folder, `${id}.${crypto.randomUUID()}.lock`);
    const end = performance.now() + patienceMs;
    while (performance.now() < end) {
      if (!(await isHeld(folder, id, own))) {
        if (!(await create(folder, own))) return undefined;
        if (!(await isHeld(folder, id, own))) return own;
        await clear(own);
      }
      // Random, so that two processes do not collide again.
      await delay(POLL_MS * (0.5 + Math.random()), signal);
    }
    throw timeout();
  }
}

/** Creates the lock file. Returns false if it cannot be created. */
async function create(folder: string, file: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** Deletes a lock file. A failure is ignored, since a file that is not renewed soon does not count. */
async function clear(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

/** Whether another living process has a lock file for `id`. Deletes the files of dead ones. */
async function isHeld(folder: string, id: string, own: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const file = path.join(folder, name);
    if (file === own || !name.startsWith(`${id}.`) || !name.endsWith('.lock')) continue;
    const renewedAt = (await regularFile(file))?.mtimeMs;
    if (renewedAt === undefined) continue;
    // The absolute value, because a clock that was set back leaves files with a time in the future.
    if (Math.abs(Date.now() - renewedAt) < LEASE_MS) return true;
    await clear(file);
  }
  return false;
}
