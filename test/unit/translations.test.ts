import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { root } from '../../scripts/paths.ts';
import { keptParts } from '../pseudoLanguage.ts';
import { MANIFEST_STRINGS, readStrings, SOURCE_STRINGS, type Strings } from '../stringFiles.ts';

/** The languages that VS Code has language packs for, by the names that its files have. */
const LANGUAGES = 'cs de es fr it ja ko pl pt-br ru tr zh-cn zh-tw'.split(' ');

/** Labels of buttons that other texts name. */
const NAMED_LABELS = [
  'Don’t Offer Again',
  'Go On Without It',
  'Keep It',
  'Manage Access on Spotify',
  'Remove',
  'Set Up Client ID',
];

/** Texts in a box of one line, which VS Code cuts off without a way to read the rest. */
const CUT_OFF = [
  'A Spotify app can serve only five users, so you need your own',
  'Choose a redirect URI to copy it, then add it to your app’s settings',
  'Choose an account to see what you can do with it',
];

/** The longest translation: buttons and menus are narrow, and a notification has three lines. */
function longest(english: string): number {
  if (CUT_OFF.includes(english)) return 80;
  return english.length < 60 ? Math.max(28, english.length * 2) : english.length * 1.6;
}

/** About package.nls.*.json and l10n/bundle.l10n.*.json: see “A new language” in CONTRIBUTING.md. */
describe('the translations', () => {
  for (const file of [MANIFEST_STRINGS, SOURCE_STRINGS]) {
    it(`of ${file} are those of the languages above`, () => {
      const prefix = file.replace(/json$/, '');
      const files = globSync(`${prefix}*.json`, { cwd: root }).map((name) =>
        name.replaceAll('\\', '/'),
      );
      const tags = files.map((name) => name.slice(prefix.length, -'.json'.length));
      assert.deepEqual(tags.sort(), LANGUAGES);
    });
  }
});

for (const language of LANGUAGES) {
  describe(`the translation into ${language}`, () => {
    let pairs: [english: string, translation: string][];

    /** The English text of each faulty translation, with the translation. */
    const faults = (isFault: (english: string, translation: string) => boolean) =>
      pairs.filter(([english, translation]) => isFault(english, translation));

    before(async () => {
      pairs = [];
      for (const file of [MANIFEST_STRINGS, SOURCE_STRINGS]) {
        const english = await readStrings(file);
        const translated: Strings = await readStrings(file.replace(/json$/, `${language}.json`));
        assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort(), file);
        for (const [key, text] of Object.entries(english)) {
          pairs.push([text, translated[key] ?? '']);
        }
      }
    });

    it('keeps placeholders, targets of links, code, addresses and line breaks', () => {
      const kept = (text: string) => keptParts(text).sort().join('\n');
      assert.deepEqual(
        faults((english, translation) => kept(english) !== kept(translation)),
        [],
      );
    });

    it('has no text that is empty or too long for its place', () => {
      assert.deepEqual(
        faults((english, text) => text.trim() === '' || text.length > longest(english)),
        [],
      );
    });

    it('is a translation: at most one text of ten is the English one, such as a name', () => {
      const untranslated = faults((english, translation) => english === translation);
      assert.ok(untranslated.length <= pairs.length / 10, untranslated.join('\n'));
    });

    it('says each English text in one way', () => {
      const ways = new Map(pairs);
      assert.deepEqual(
        faults((english, translation) => ways.get(english) !== translation),
        [],
      );
    });

    it('names a button as the button is labelled', () => {
      const labels = new Map(pairs.filter(([english]) => NAMED_LABELS.includes(english)));
      assert.equal(labels.size, NAMED_LABELS.length);
      const isMisnamed = (english: string, translation: string) =>
        [...labels].some(
          ([label, translated]) =>
            new RegExp(`[Cc]hoose ${label}\\b|: ${label}”`).test(english) &&
            !translation.includes(translated),
        );
      assert.deepEqual(faults(isMisnamed), []);
    });
  });
}
