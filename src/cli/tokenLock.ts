import path from 'node:path';
import { FileLock } from '../auth/node/fileLock.ts';

/** How long to wait for another process, in milliseconds. */
const PATIENCE_MS = 15_000;

/**
 * Runs one task at a time among the processes of this program that change a token file. After 15 seconds
 * runs the task nevertheless.
 * @param signal An abort ends the waiting: rejects with its reason. A task that runs goes on.
 */
export async function inTurn<T>(
  file: string,
  task: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const late = new Error('Another process holds the lock.');
  const lock = new FileLock(path.dirname(file));
  const unlessEnded = () => {
    signal.throwIfAborted();
    return task();
  };
  try {
    return await lock.hold(path.basename(file), PATIENCE_MS, unlessEnded, () => late, signal);
  } catch (error) {
    if (error === late) return unlessEnded();
    throw error;
  }
}
