import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { countUp } from './figures.ts';

/** Returns the names of the secrets that are stored, as a later start of the editor would read them. */
export async function storedSecrets(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  const isStored = (text: string) => (JSON.parse(text) as { value: unknown }).value !== null;
  return names.filter((_, i) => isStored(texts[i] ?? '')).map(decodeURIComponent);
}

/** Counts the files of a folder by their last extension, as in `3 .lock, 1 .tmp`. */
export function countKinds(names: readonly string[]): string {
  const kinds = new Map<string, number>();
  for (const name of names) countUp(kinds, path.extname(name));
  return [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
}
