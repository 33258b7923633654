/**
 * Saves screenshots of the extension in each language in `out/screenshots`, for those who check a
 * translation. `npm run screenshots:languages -- de fr` takes those of two languages only. The editor
 * itself stays in English.
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';
import { Fixture } from '../test/editorFixture.ts';
import { closeSharedEditors } from '../test/sharedEditors.ts';
import { MANIFEST_STRINGS, readStrings, SOURCE_STRINGS } from '../test/stringFiles.ts';
import { LanguageTour } from './languageTour.ts';
import { packageExtension } from './packageExtension.ts';
import { out, root } from './paths.ts';

const all = globSync('l10n/bundle.l10n.*.json', { cwd: root }).map((file) => file.split('.')[2]);
const named = process.argv.slice(2);

await packageExtension();
try {
  for (const language of named.length > 0 ? named : all) if (language) await shootIn(language);
} finally {
  await closeSharedEditors();
}

async function shootIn(language: string): Promise<void> {
  console.log(`Screenshots of the language “${language}”:`);
  const translate = await translator(language);
  const editor = await Fixture.open({ language, clientId: '' });
  try {
    await new LanguageTour(editor, translate, async (name: string, page: Page) => {
      const file = path.join(out, 'screenshots', language, `${name}.png`);
      await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
      console.log(`  ${name}`);
    }).run();
  } finally {
    await editor.close();
  }
}

/** Returns a function that returns the translation of an English text. */
async function translator(language: string): Promise<(english: string) => string> {
  const texts = new Map<string, string>();
  for (const file of [MANIFEST_STRINGS, SOURCE_STRINGS]) {
    const translated = await readStrings(file.replace(/json$/, `${language}.json`));
    for (const [key, english] of Object.entries(await readStrings(file))) {
      texts.set(english, translated[key] ?? '');
    }
  }
  return (english) => {
    const translation = texts.get(english);
    if (!translation) throw new Error(`There is no “${english}” in ${language}.`);
    return translation;
  };
}
