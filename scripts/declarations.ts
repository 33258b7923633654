import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The specifier of a source after `from`, `import` or `import(`, up to its extension. */
const SOURCE = /(?<=\b(?:from|import)\s*\(?\s*['"])(\.{1,2}\/[^'"\n]*)\.ts(?=['"])/g;

/** Returns the sources that a declaration file imports, without their extension and relative to it. */
export function importedSources(text: string): string[] {
  return [...text.matchAll(SOURCE)].map(([, name = '']) => name);
}

/**
 * Returns the text of a declaration file with another extension for what it imports. TypeScript writes
 * `./file.ts` as the sources have it, even with `rewriteRelativeImportExtensions`. TypeScript before 5.0
 * does not find that file, and takes every type in it for `any`.
 */
export function withExtension(text: string, extension: '.js' | '.cjs'): string {
  return text.replaceAll(SOURCE, `$1${extension}`);
}

/** Makes all declaration files of a folder import `.js`. */
export async function importJs(folder: string): Promise<void> {
  for (const file of await readdir(folder, { recursive: true })) {
    if (!file.endsWith('.d.ts')) continue;
    const place = path.join(folder, file);
    await writeFile(place, withExtension(await readFile(place, 'utf8'), '.js'));
  }
}
