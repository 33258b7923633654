import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { importedSources, withExtension } from '../../scripts/declarations.ts';
import { buildStandIn } from './builtStandIn.ts';
import { installLibrary, library } from './installedLibrary.ts';

/** About scripts/declarations.ts: TypeScript before 5.0 takes what comes from `./file.ts` for `any`. */
describe('the declaration files', function () {
  this.timeout(120_000);

  for (const [name, build] of Object.entries({
    library: () => installLibrary().then(() => library),
    'stand-in': () => Promise.resolve(buildStandIn()),
  })) {
    it(`of the npm package ${name} import no file that ends with .ts`, async () => {
      const folder = await build();
      const names = await readdir(folder, { recursive: true });
      const files = names.filter((file) => /\.d\.[cm]?ts$/.test(file));
      const texts = files.map((file) => readFile(path.join(folder, file), 'utf8'));
      const specifiers = (await Promise.all(texts)).flatMap(
        (text) => text.match(/(["'])\.{1,2}\/.*?\1/g) ?? [],
      );
      assert.ok(specifiers.length > 10);
      const sources = specifiers.filter((specifier) => /\.[cm]?ts.$/.test(specifier));
      assert.deepEqual(sources, []);
    });
  }

  it('are changed at every kind of import, and nowhere else', () => {
    const text = `import type { A } from './a.ts';
import '../b.ts';
export * from "./c.ts";
export * as d from './d/d.ts';
export declare const e: import('./e.ts').E;
import { F } from 'f.ts';
/** Not './g.ts'. */`;
    assert.deepEqual(importedSources(text), ['./a', '../b', './c', './d/d', './e']);
    assert.equal(withExtension(text, '.cjs').match(/\.cjs\b/g)?.length, 5);
    assert.match(withExtension(text, '.js'), /'\.\/a\.js'[^]*'f\.ts'[^]*'\.\/g\.ts'/);
  });
});
