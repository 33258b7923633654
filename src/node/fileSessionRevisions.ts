import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { atomicWrite } from '../auth/node/atomicWrite.ts';
import { regularFile } from '../auth/node/regularFile.ts';
import type { SessionRevisions } from '../sessions/acrossWindows.ts';
import { REFRESH_TOKEN_LIFETIME } from '../sessions/sessionTimes.ts';

/**
 * How long files of these kinds are of use, in milliseconds. The answer to a refresh takes less than a day.
 * A session that was stored longer ago than its refresh token lasts has ended.
 */
const LIFETIME_MS = { removed: 24 * 3600 * 1000, generation: REFRESH_TOKEN_LIFETIME * 1000 };
type FileKind = keyof typeof LIFETIME_MS;
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

  async ids(): Promise<string[] | undefined> {
    try {
      const files = await filesOf(this.#folder, 'generation');
      return files.filter(({ isOld }) => !isOld).map(({ id }) => id);
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
    await this.#write(this.#file(id, 'generation'), String(revision));
  }

  async setRemoved(id: string): Promise<void> {
    await this.#write(this.#file(id, 'removed'), '');
    await rm(this.#file(id, 'generation'), { force: true }).catch(() => undefined);
    await deleteOld(this.#folder).catch(() => undefined);
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

  #file(id: string, kind: FileKind): string {
    return path.join(this.#folder, `${id}.${kind}`);
  }
}

/** Returns the regular files of this kind. Rejects if the folder cannot be read. */
async function filesOf(folder: string, kind: FileKind) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(`.${kind}`));
  const files = names.map(async (name) => {
    const file = path.join(folder, name);
    const writtenAt = (await regularFile(file))?.mtimeMs;
    if (writtenAt === undefined) return [];
    const isOld = Date.now() - writtenAt > LIFETIME_MS[kind];
    return [{ file, id: name.slice(0, -kind.length - 1), isOld }];
  });
  return (await Promise.all(files)).flat();
}

async function deleteOld(folder: string): Promise<void> {
  for (const kind of ['removed', 'generation'] as const) {
    for (const { file, isOld } of await filesOf(folder, kind)) if (isOld) await rm(file);
  }
}
