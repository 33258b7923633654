import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { atomicWrite } from '../auth/node/atomicWrite.ts';
import type { SessionRevisions } from '../sessions/acrossWindows.ts';
import { regularFile } from '../auth/node/regularFile.ts';

/** How long a tombstone is kept, in milliseconds. The answer to a refresh never takes as long. */
const TOMBSTONE_LIFETIME_MS = 24 * 3600 * 1000;
/** A number above 15 digits cannot be counted up, and one of 309 digits is Infinity. */
const REVISION = /^\d{1,15}$/;

/**
 * Stores revisions and tombstones as small files in the folder of the lock files. Other windows see
 * a changed file at once, but a changed secret only after some time.
 */
export class FileSessionRevisions implements SessionRevisions {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async revision(id: string): Promise<number> {
    const file = this.#file(id, 'generation');
    if (!(await regularFile(file))) return 0;
    const text = await readFile(file, 'utf8').catch(() => '');
    return REVISION.test(text) ? Number(text) : 0;
  }

  async isRemoved(id: string): Promise<boolean> {
    return (await regularFile(this.#file(id, 'removed'))) !== undefined;
  }

  async setRevision(id: string, revision: number): Promise<void> {
    await this.#write(this.#file(id, 'generation'), String(revision));
  }

  async setRemoved(id: string): Promise<void> {
    await this.#write(this.#file(id, 'removed'), '');
    await rm(this.#file(id, 'generation'), { force: true }).catch(() => undefined);
    await deleteOldTombstones(this.#folder).catch(() => undefined);
  }

  /**
   * Writes the file, and replaces a link, a pipe or a folder of its name. A failure is ignored: without the
   * file, windows only send a request or two more. So it need not survive a crash either.
   */
  async #write(file: string, text: string): Promise<void> {
    // A file, a link or a pipe is replaced by the write, but a folder would be in its way.
    const isFolder = await lstat(file).then(
      (info) => info.isDirectory(),
      () => false,
    );
    if (isFolder) await rm(file, { recursive: true }).catch(() => undefined);
    await atomicWrite(file, text, false).catch(() => undefined);
  }

  #file(id: string, kind: 'generation' | 'removed'): string {
    return path.join(this.#folder, `${id}.${kind}`);
  }
}

async function deleteOldTombstones(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.removed')) continue;
    const file = path.join(folder, name);
    const leftAt = (await regularFile(file))?.mtimeMs ?? Infinity;
    if (Date.now() - leftAt > TOMBSTONE_LIFETIME_MS) await rm(file);
  }
}
