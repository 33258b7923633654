import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';

/** Decides which of the windows of this machine tells a person something. */
export class OnceAcrossWindows {
  readonly #folder: string | undefined;
  /** What this window need not ask about any more. */
  readonly #known = new Set<string>();

  /** Without a folder every window is the first. */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** True for the first caller of all windows, until `again`. */
  async first(name: string): Promise<boolean> {
    if (this.#known.has(name)) return false;
    this.#known.add(name);
    if (!this.#folder) return true;
    // EEXIST says something else here: a file is where the folder should be.
    await mkdir(this.#folder, { recursive: true }).catch(() => undefined);
    try {
      await (await open(this.#file(this.#folder, name), 'wx')).close();
      return true;
    } catch (error) {
      // Better told twice than never.
      return (error as NodeJS.ErrnoException).code !== 'EEXIST';
    }
  }

  /** Makes the next caller the first one again. */
  async again(name: string): Promise<void> {
    this.#known.delete(name);
    if (this.#folder) await rm(this.#file(this.#folder, name), { force: true });
  }

  #file(folder: string, name: string): string {
    return path.join(folder, encodeURIComponent(name));
  }
}
