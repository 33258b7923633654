import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';

/**
 * Returns the facts about a regular file. Undefined if there is none: a link, a pipe or a folder with
 * its name does not count. Reading a pipe, or a link to one, may never end.
 */
export async function regularFile(file: string): Promise<Stats | undefined> {
  const info = await lstat(file).catch(() => undefined);
  return info?.isFile() ? info : undefined;
}
