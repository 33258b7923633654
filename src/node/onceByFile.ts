import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { OnceAcrossWindows } from '../sessions/onceAcrossWindows.ts';

/** By files in a folder that all windows of this machine see. */
export class OnceByFile implements OnceAcrossWindows {
  readonly #folder: string;
  /** What this window need not ask about any more. */
  readonly #known = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async first(name: string): Promise<boolean> {
    if (this.#known.has(name)) return false;
    this.#known.add(name);
    // EEXIST says something else here: a file is where the folder should be.
    await mkdir(this.#folder, { recursive: true }).catch(() => undefined);
    try {
      await (await open(this.#file(name), 'wx')).close();
      return true;
    } catch (error) {
      // Better told twice than never.
      return (error as NodeJS.ErrnoException).code !== 'EEXIST';
    }
  }

  async again(name: string): Promise<void> {
    this.#known.delete(name);
    await rm(this.#file(name), { force: true });
  }

  #file(name: string): string {
    return path.join(this.#folder, encodeURIComponent(name));
  }
}
