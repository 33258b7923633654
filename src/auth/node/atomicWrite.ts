import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { delay } from '../abortable.ts';

/**
 * Writes `<file>.<UUID>.tmp` with mode 0600 and renames it to `file`, so that readers never see a part
 * of it, even after a crash of the computer. Creates missing folders. Rejects with the file system's
 * error; the old file stays then.
 * @param flush Whether the disk must have the text before the promise resolves, which takes
 * milliseconds. Without it, a crash of the computer may leave an empty file.
 */
export async function atomicWrite(file: string, text: string, flush = true): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx', flush });
    await replace(file, temporary);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** What Windows answers while another program has the file open. */
const IN_USE = ['EPERM', 'EACCES', 'EBUSY'];

/** Renames; on Windows repeatedly, since it refuses while another process reads `file`. */
async function replace(file: string, temporary: string): Promise<void> {
  for (let retriesLeft = 20; ; retriesLeft--) {
    try {
      await rename(temporary, file);
      return;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      const isInUse = process.platform === 'win32' && IN_USE.includes(code);
      if (!isInUse || retriesLeft === 0) throw error;
      await delay(10);
    }
  }
}
