import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { NoticeClaims } from '../sessions/acrossWindows.ts';
import { regularFile } from '../auth/node/regularFile.ts';

/** Claims notices by files in a folder that all windows of this machine share. */
export class FileNoticeClaims implements NoticeClaims {
  readonly #folder: string;
  /**
   * The notices that this window has claimed in memory, because their files could not be created.
   */
  readonly #claimedInMemory = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async claim(name: string): Promise<boolean> {
    if (this.#claimedInMemory.has(name)) return false;
    // This is cheaper than `open`. The result is not remembered: any window may release the claim.
    if (await regularFile(this.#file(name))) return false;
    // If mkdir fails with EEXIST, a file has the folder's name. The notice is not claimed by that.
    await mkdir(this.#folder, { recursive: true }).catch(() => undefined);
    try {
      await (await open(this.#file(name), 'wx')).close();
      return true;
    } catch {
      if (await regularFile(this.#file(name))) return false;
      // Two windows may show the notice then, which is better than none. Each window shows it once.
      const isFirstHere = !this.#claimedInMemory.has(name);
      this.#claimedInMemory.add(name);
      return isFirstHere;
    }
  }

  async release(name: string): Promise<void> {
    this.#claimedInMemory.delete(name);
    await rm(this.#file(name), { force: true, recursive: true });
  }

  #file(name: string): string {
    return path.join(this.#folder, encodeURIComponent(name));
  }
}
