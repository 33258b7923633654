import { access, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { atomicWrite } from '../auth/node/atomicWrite.ts';
import type { SessionRevisions } from '../sessions/acrossWindows.ts';

/** How long a tombstone is kept, in milliseconds. The answer to a refresh never takes as long. */
const TOMBSTONE_LIFETIME_MS = 24 * 3600 * 1000;

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
    const text = await readFile(this.#file(id, 'generation'), 'utf8').catch(() => '');
    return /^\d+$/.test(text) ? Number(text) : 0;
  }

  async isRemoved(id: string): Promise<boolean> {
    return access(this.#file(id, 'removed')).then(
      () => true,
      () => false,
    );
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
   * Writes the file. A failure is ignored: without the file, windows only send a request or two
   * more.
   */
  async #write(file: string, text: string): Promise<void> {
    await atomicWrite(file, text).catch(() => undefined);
  }

  #file(id: string, kind: 'generation' | 'removed'): string {
    return path.join(this.#folder, `${id}.${kind}`);
  }
}

async function deleteOldTombstones(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (!name.endsWith('.removed')) continue;
    if (Date.now() - (await stat(file)).mtimeMs > TOMBSTONE_LIFETIME_MS) await rm(file);
  }
}
