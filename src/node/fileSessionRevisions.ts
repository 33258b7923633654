import { access, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { atomicWrite } from '../auth/node/atomicWrite.ts';
import type { SessionRevisions } from '../sessions/acrossWindows.ts';

/** A sign-out is older than any answer that could still be on its way, in milliseconds. */
const REMEMBER_SIGN_OUT_MS = 24 * 3600 * 1000;

/**
 * Small files beside the locks. For a while after a write another window reads the old secret; these
 * files it reads as they are.
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
    await forgetOldSignOuts(this.#folder).catch(() => undefined);
  }

  /** Without the mark a request or two more are made: no reason to fail. */
  async #write(file: string, text: string): Promise<void> {
    await atomicWrite(file, text).catch(() => undefined);
  }

  #file(id: string, kind: 'generation' | 'removed'): string {
    return path.join(this.#folder, `${id}.${kind}`);
  }
}

async function forgetOldSignOuts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (!name.endsWith('.removed')) continue;
    if (Date.now() - (await stat(file)).mtimeMs > REMEMBER_SIGN_OUT_MS) await rm(file);
  }
}
