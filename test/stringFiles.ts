import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { l10nJsonFormat } from '@vscode/l10n-dev';
import { root } from '../scripts/paths.ts';

/** The two files for translators: the strings of the manifest, and those of the sources. */
export const MANIFEST_STRINGS = 'package.nls.json';
export const SOURCE_STRINGS = 'l10n/bundle.l10n.json';

/** Texts by their keys. The key of a string with comments is `text/comments`. */
export type Strings = Readonly<Record<string, string>>;

/** @param file A path below the root, or an absolute one. */
export async function readStrings(file: string): Promise<Strings> {
  const content = await readFile(path.resolve(root, file), 'utf8');
  return textsOf(JSON.parse(content) as l10nJsonFormat);
}

/** The same strings without the comments for translators. */
export function textsOf(strings: l10nJsonFormat): Strings {
  return Object.fromEntries(
    Object.entries(strings).map(([key, string]) => [
      key,
      typeof string === 'string' ? string : string.message,
    ]),
  );
}

/** Writes the file as Prettier formats it. */
export async function writeStrings(file: string, strings: Strings): Promise<void> {
  await writeFile(path.resolve(root, file), `${JSON.stringify(strings, null, 2)}\n`);
}
