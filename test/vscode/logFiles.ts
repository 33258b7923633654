import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** The log files below a folder: their whole content, or only what is written from a moment on. */
export class LogFiles {
  readonly #folder: string;
  readonly #skipped: ReadonlyMap<string, number>;

  /** @param skipped by file, how many bytes at its beginning are left out */
  constructor(folder: string, skipped: ReadonlyMap<string, number> = new Map()) {
    this.#folder = folder;
    this.#skipped = skipped;
  }

  /** Returns the log files without what they contain now. Later files are complete. */
  static async fromNowOn(folder: string): Promise<LogFiles> {
    const files = await logFiles(folder);
    const sizes = files.map(async (file) => [file, (await stat(file)).size] as const);
    return new LogFiles(folder, new Map(await Promise.all(sizes)));
  }

  /** The content, file after file. */
  async text(): Promise<string> {
    const files = await logFiles(this.#folder);
    const texts = files.map(async (file) => {
      const bytes = await readFile(file);
      return bytes.subarray(this.#skipped.get(file) ?? 0).toString();
    });
    return (await Promise.all(texts)).join('\n');
  }
}

async function logFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  return files.filter((file) => file.endsWith('.log')).map((file) => path.join(folder, file));
}
