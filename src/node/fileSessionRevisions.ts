import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { atomicWrite } from '../auth/node/atomicWrite.ts';
import { regularFile } from '../auth/node/regularFile.ts';
import type { SessionRevisions } from '../sessions/acrossWindows.ts';
import { REFRESH_TOKEN_LIFETIME } from '../auth/tokenInfo.ts';

/**
 * How long a file of the folder is kept, in milliseconds. Neither the answer to a refresh nor the way of
 * a secret to another window takes a day.
 */
const FILE_LIFETIME_MS = 24 * 3600 * 1000;
/** The same for a revision. A session that was stored longer ago than its refresh token lasts has ended. */
const REVISION_LIFETIME_MS = REFRESH_TOKEN_LIFETIME * 1000;
/** A number above 15 digits cannot be counted up, and one of 309 digits is Infinity. */
const REVISION = /^\d{1,15}$/;

/**
 * Stores revisions and tombstones as small files in the folder of the lock files. Other windows see
 * a changed file at once, but a changed secret only after some time.
 */
export class FileSessionRevisions implements SessionRevisions {
  readonly #folder: string;
  #hasDeletedOldFiles = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async ids(): Promise<string[] | undefined> {
    try {
      const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.generation'));
      const ids = names.map((name) => name.slice(0, -'.generation'.length));
      const isKept = await Promise.all(ids.map((id) => this.#isKept(id)));
      return ids.filter((_id, index) => isKept[index]);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined;
    }
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
    const file = this.#file(id, 'generation');
    await this.#write(file, String(revision));
    // Another window may have signed the session out since its record was read.
    if (await this.isRemoved(id)) await rm(file, { force: true }).catch(() => undefined);
    if (this.#hasDeletedOldFiles) return;
    this.#hasDeletedOldFiles = true;
    deleteOldFiles(this.#folder).catch(() => undefined);
  }

  async setRemoved(id: string): Promise<void> {
    await this.#write(this.#file(id, 'removed'), '');
    await rm(this.#file(id, 'generation'), { force: true }).catch(() => undefined);
    await deleteOldFiles(this.#folder).catch(() => undefined);
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

  async #isKept(id: string): Promise<boolean> {
    const file = this.#file(id, 'generation');
    return (await regularFile(file)) !== undefined && !(await isOld(file));
  }

  #file(id: string, kind: 'generation' | 'removed'): string {
    return path.join(this.#folder, `${id}.${kind}`);
  }
}

/** Whether the file is a regular one whose lifetime has ended. */
async function isOld(file: string): Promise<boolean> {
  const writtenAt = (await regularFile(file))?.mtimeMs ?? Infinity;
  const lifetime = file.endsWith('.generation') ? REVISION_LIFETIME_MS : FILE_LIFETIME_MS;
  return Date.now() - writtenAt > lifetime;
}

/**
 * Deletes the old files of the folder: tombstones, revisions of sessions that are gone, and the temporary
 * files and lock files of windows that were killed.
 */
async function deleteOldFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (await isOld(file)) await rm(file, { force: true });
  }
}
