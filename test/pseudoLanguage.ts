import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { out, root } from '../scripts/paths.ts';
import { MANIFEST_STRINGS, readStrings, SOURCE_STRINGS, writeStrings } from './stringFiles.ts';

/** Windows' name of a test language. A text without its accents has not been translated. */
export const PSEUDO_LANGUAGE = 'qps-ploc';

const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ACCENTED = 'ÀƁÇÐÈƑĜĤÌĴĶĽṀŃÒƤǪŔŜŢÙṼŴẌÝŽàƀçđèƒĝĥìĵķľṁńòƥǫŕŝţùṽŵẍýž';

/** The parts that a translator keeps: placeholders, link targets, code, URLs, settings. */
const KEPT =
  /\{\d+\}|\]\([^)]*\)|`+[^`]*`+|\b[\w-]+:\/\/[^\s,)\u0080-\uffff]*[\w/]|#[\w.-]+#|\b(?:code|state)=/g;

/** The parts of a text that every translation has, in their order, with its line breaks. */
export const keptParts = (text: string): string[] => [
  ...(text.match(KEPT) ?? []),
  ...(text.match(/\n/g) ?? []),
];

/** The text with an accent on every letter, between brackets. */
export function pseudo(text: string): string {
  const kept = text.match(KEPT) ?? [];
  const parts = text.split(KEPT).map((part) => part.replace(/[A-Za-z]/g, accented));
  return `⟦${parts.map((part, index) => part + (kept[index] ?? '')).join('')}⟧`;
}

const accented = (letter: string): string => ACCENTED[PLAIN.indexOf(letter)] ?? letter;

/**
 * Copies the files of the .vsix and adds the two translation files of the pseudo-language.
 * @returns the folder with the copy
 */
export async function packageWithPseudoLanguage(): Promise<string> {
  const folder = path.join(out, 'pseudo-language');
  await rm(folder, { recursive: true, force: true });
  for (const file of await listFiles({ cwd: root, packageManager: PackageManager.None })) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await cp(path.join(root, file), path.join(folder, file));
  }
  for (const file of [MANIFEST_STRINGS, SOURCE_STRINGS]) {
    const strings = Object.entries(await readStrings(file));
    const translated = Object.fromEntries(strings.map(([key, text]) => [key, pseudo(text)]));
    const translation = file.replace(/json$/, `${PSEUDO_LANGUAGE}.json`);
    await writeStrings(path.join(folder, translation), translated);
  }
  return folder;
}
