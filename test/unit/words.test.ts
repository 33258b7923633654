import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { root } from '../../scripts/paths.ts';
import { keptParts, pseudo } from '../pseudoLanguage.ts';
import { MANIFEST_STRINGS, readStrings, SOURCE_STRINGS, textsOf } from '../stringFiles.ts';

/** The names of the manifest's fields whose texts the user reads. */
const READ =
  /^(title|label|category|(short|display)?name|(markdown)?(enum)?description|alt(Text)?|contents|.*(Labels|Descriptions|Message))$/i;
/** The names of fields with conditions. */
const CONDITIONS = /^(when|enablement|if|completionEvents)$/;

/** The text of `l10n.t('…')` and of `l10n.t({ message: '…', … })`. */
const TRANSLATED = /\bl10n\.t\(\s*(?:\{\s*message:\s*)?'([^'\\]*)'/g;

/** About package.nls.json and l10n/bundle.l10n.json. */
describe('the strings for translators', () => {
  it('of the sources are those in the exported bundle (npm run l10n:export)', async () => {
    const bundle: unknown = JSON.parse(await readFile(path.join(root, SOURCE_STRINGS), 'utf8'));
    assert.deepEqual(bundle, await getL10nJson(await sources()));
  });

  it('of the sources include the text of every call of l10n.t', async () => {
    for (const file of await sources()) {
      const texts = Object.values(textsOf(await getL10nJson([file])));
      const calls = file.contents.match(/\bl10n\.t\(/g) ?? [];
      const literals = [...file.contents.matchAll(TRANSLATED)].map(([, text]) => text);
      assert.equal(literals.length, calls.length, file.name);
      assert.deepEqual(texts.sort(), [...new Set(literals)].sort(), file.name);
    }
  });

  it('say no sentence twice', async () => {
    const texts = [
      ...Object.values(await readStrings(MANIFEST_STRINGS)),
      ...Object.values(textsOf(await getL10nJson(await sources()))),
    ];
    assert.deepEqual(
      texts.filter((text) => /([A-Z][^.]{8,}\.) \1/.test(text)),
      [],
    );
  });

  it('of the manifest are those in package.nls.json', async () => {
    const manifest = await readFile(path.join(root, 'package.json'), 'utf8');
    const used = [...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
    const named = Object.keys(await readStrings(MANIFEST_STRINGS));
    assert.deepEqual(named.sort(), [...new Set(used)].sort());
  });

  it('are named in the manifest by their keys only', async () => {
    const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    const { contributes, displayName, description } = manifest as Record<string, unknown>;
    const texts = textsIn({ contributes, displayName, description }, '');
    assert.ok(texts.length > 10);
    assert.deepEqual(
      texts.filter((text) => !/^%[^%]+%$/.test(text)),
      [],
    );
  });

  it('of the manifest link only to its commands and settings', async () => {
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

  it('keep their placeholders, links and code in the pseudo-language', async () => {
    for (const file of [MANIFEST_STRINGS, SOURCE_STRINGS]) {
      for (const text of Object.values(await readStrings(file))) {
        assert.deepEqual(keptParts(pseudo(text)), keptParts(text));
      }
    }
  });

  it('of the pseudo-language have accents on all letters except fixed parts', () => {
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

/** Every string in a field that the user reads, and every other one that contains words. */
function textsIn(value: unknown, field: string): string[] {
  if (typeof value === 'string') {
    const isText = READ.test(field) || (/\p{L}\s+\p{L}/u.test(value) && !CONDITIONS.test(field));
    return isText ? [value] : [];
  }
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, field));
  return Object.entries(value ?? {}).flatMap(([name, one]) => textsIn(one, name));
}
