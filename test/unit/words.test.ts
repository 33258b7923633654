import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { root } from '../../scripts/paths.ts';
import { pseudo } from '../pseudoLanguage.ts';
import { MANIFEST_STRINGS, readStrings, SOURCE_STRINGS, textsOf } from '../stringFiles.ts';

/** Fields of the manifest that a person reads, wherever it has them. */
const READ =
  /^(title|label|category|(short|display)?name|(markdown)?(enum)?description|alt(Text)?|contents|.*(Labels|Descriptions|Message))$/i;
/** Fields that hold conditions. */
const CONDITIONS = /^(when|enablement|if|completionEvents)$/;

/** The text of `l10n.t('…')` and of `l10n.t({ message: '…', … })`. */
const TRANSLATED = /\bl10n\.t\(\s*(?:\{\s*message:\s*)?'([^'\\]*)'/g;

describe('words', () => {
  it('of the sources are all exported, and no others: npm run l10n:export', async () => {
    const bundle: unknown = JSON.parse(await readFile(path.join(root, SOURCE_STRINGS), 'utf8'));
    assert.deepEqual(bundle, await getL10nJson(await sources()));
  });

  it('of the sources are all found by the tool that exports them', async () => {
    for (const file of await sources()) {
      const texts = Object.values(textsOf(await getL10nJson([file])));
      const calls = file.contents.match(/\bl10n\.t\(/g) ?? [];
      const literals = [...file.contents.matchAll(TRANSLATED)].map(([, text]) => text);
      assert.equal(literals.length, calls.length, file.name);
      assert.deepEqual(texts.sort(), [...new Set(literals)].sort(), file.name);
    }
  });

  it('of the manifest all stand in package.nls.json, and no others', async () => {
    const manifest = await readFile(path.join(root, 'package.json'), 'utf8');
    const used = [...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
    const named = Object.keys(await readStrings(MANIFEST_STRINGS));
    assert.deepEqual(named.sort(), [...new Set(used)].sort());
  });

  it('of the manifest do not stand in it themselves', async () => {
    const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    const { contributes, displayName, description } = manifest as Record<string, unknown>;
    const texts = textsIn({ contributes, displayName, description }, '');
    assert.ok(texts.length > 10);
    assert.deepEqual(
      texts.filter((text) => !/^%[^%]+%$/.test(text)),
      [],
    );
  });

  it('of the manifest link to commands and settings that it has', async () => {
    const manifest = await readFile(path.join(root, 'package.json'), 'utf8');
    const { contributes } = JSON.parse(manifest) as {
      contributes: { commands: { command: string }[]; configuration: { properties: object } };
    };
    const has = new Set([
      ...contributes.commands.map(({ command }) => `command:${command}`),
      ...Object.keys(contributes.configuration.properties).map((name) => `#${name}#`),
    ]);
    const texts = Object.values(await readStrings(MANIFEST_STRINGS)).join('\n');
    const links = texts.match(/command:spotify-[\w.-]+|#spotify-[\w.-]+#/g) ?? [];
    assert.notEqual(links.length, 0);
    assert.deepEqual(
      links.filter((link) => !has.has(link)),
      [],
    );
  });

  it('of a translation have the placeholders, links and code of the original', async () => {
    for (const file of [MANIFEST_STRINGS, SOURCE_STRINGS]) {
      const words = await readStrings(file);
      const pattern = file.replace(/json$/, '*.json');
      for (const translation of globSync(pattern, { cwd: root })) {
        for (const [key, text] of Object.entries(await readStrings(translation))) {
          const original = words[key];
          assert.notEqual(original, undefined, `${translation} translates what is not there`);
          assert.deepEqual(fixed(text), fixed(original ?? ''), `${translation}: ${text}`);
        }
      }
      for (const text of Object.values(words)) assert.deepEqual(fixed(pseudo(text)), fixed(text));
    }
  });

  it('of the pseudo-language have no letter of English but in what is fixed', () => {
    assert.equal(
      pseudo('Open [the page]({0}) at `http://x` or https://y.example/z, {1}.'),
      '⟦Òƥèń [ţĥè ƥàĝè]({0}) àţ `http://x` òŕ https://y.example/z, {1}.⟧',
    );
  });
});

async function sources() {
  const names = globSync('src/**/*.ts', { cwd: root });
  const read = async (name: string) => ({
    name,
    extension: '.ts',
    contents: await readFile(path.join(root, name), 'utf8'),
  });
  return Promise.all(names.map(read));
}

/** What a translator must leave as it is, in whatever order. */
function fixed(text: string): string[] {
  return (text.match(/\{\d+\}|\]\([^)]*\)|`+[^`]*`+|https?:\/\/[^\s,)]+|#[\w.-]+#/g) ?? []).sort();
}

/** Every string below a field that is read, or that reads as words. */
function textsIn(value: unknown, field: string): string[] {
  if (typeof value === 'string') {
    const isText = READ.test(field) || (/\p{L}\s+\p{L}/u.test(value) && !CONDITIONS.test(field));
    return isText ? [value] : [];
  }
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, field));
  return Object.entries(value ?? {}).flatMap(([name, one]) => textsIn(one, name));
}
