import { access, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { NoticeClaims } from '../sessions/acrossWindows.ts';

/** By files in a folder that all windows of this machine see. */
export class FileNoticeClaims implements NoticeClaims {
  readonly #folder: string;
  /** What was asked about in this window where no file can be made. */
  readonly #withoutFile = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async claim(name: string): Promise<boolean> {
    if (this.#withoutFile.has(name)) return false;
    // What is said often costs a look; the file may be gone, since any window can make it so.
    if (await this.#isThere(name)) return false;
    // EEXIST says something else here: a file is where the folder should be.
    await mkdir(this.#folder, { recursive: true }).catch(() => undefined);
    try {
      await (await open(this.#file(name), 'wx')).close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      // Better told twice than never, but not by the same window.
      const isFirstHere = !this.#withoutFile.has(name);
      this.#withoutFile.add(name);
      return isFirstHere;
    }
  }

  async release(name: string): Promise<void> {
    this.#withoutFile.delete(name);
    await rm(this.#file(name), { force: true });
  }

  #isThere(name: string): Promise<boolean> {
    return access(this.#file(name)).then(
      () => true,
      () => false,
    );
  }

  #file(name: string): string {
    return path.join(this.#folder, encodeURIComponent(name));
  }
}
