import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { delay } from '../abortable.ts';

/**
 * Writes the file, the user's alone (mode 0600), by way of `<file>.<UUID>.tmp`: a reader or a crash
 * never sees half of it. Makes its folders. Rejects with the file system's error; the old file
 * stays then.
 */
export async function atomicWrite(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const whole = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(whole, text, { mode: 0o600, flag: 'wx', flush: true });
    await replace(file, whole);
  } catch (error) {
    await rm(whole, { force: true });
    throw error;
  }
}

/** Windows refuses to replace a file while somebody reads it. */
async function replace(file: string, whole: string): Promise<void> {
  for (let left = 20; ; left--) {
    try {
      await rename(whole, file);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (process.platform !== 'win32' || code !== 'EPERM' || left === 0) throw error;
      await delay(10);
    }
  }
}
