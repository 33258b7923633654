import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../scripts/paths.ts';

interface Manifest {
  readonly engines: object;
  readonly extensionDependencies: readonly string[];
  readonly scripts: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

const folder = path.join(root, 'examples');
const read = (...names: string[]) => readFileSync(path.join(root, ...names), 'utf8');
const ours = JSON.parse(read('package.json')) as Manifest;
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** About the folders of examples/. */
describe('the examples', () => {
  it('are listed in examples/README.md', () => {
    const page = read('examples', 'README.md');
    const listed = [...page.matchAll(/^\| \[([\w-]+)\]\(\1\/extension\.[jt]s\)/gm)];
    assert.deepEqual(listed.map(([, name]) => name).sort(), examples.sort());
  });

  for (const name of examples) {
    const manifest = JSON.parse(read('examples', name, 'package.json')) as Manifest;

    it(`include ${name}, with the versions of this repository`, () => {
      assert.deepEqual(manifest.engines, ours.engines);
      const { '@spotify-sdk/js': library, ...versions } = manifest.devDependencies ?? {};
      const expected = Object.keys(versions).map((name) => [name, ours.devDependencies?.[name]]);
      assert.deepEqual(versions, Object.fromEntries(expected));
      if (library) assert.equal(library, 'file:../../dist/library');
    });

    it(`include ${name}, which F5 builds and starts with Spotify Authentication`, () => {
      assert.deepEqual(manifest.extensionDependencies, ['spotify-sdk.spotify-authentication']);
      assert.ok(manifest.scripts['build']);
      const launch = read('examples', name, '.vscode', 'launch.json');
      for (const loaded of ['', '/../..']) {
        const argument = `"--extensionDevelopmentPath=\${workspaceFolder}${loaded}"`;
        assert.ok(launch.includes(argument), argument);
      }
      assert.match(launch, /"preLaunchTask": "build"/);
      assert.match(read('examples', name, '.vscode', 'tasks.json'), /"script": "build"/);
    });

    it(`include ${name}, in fewer than 150 lines of code`, () => {
      const files = readdirSync(path.join(folder, name)).filter((file) => /\.[jt]s$/.test(file));
      const lines = files.map((file) => read('examples', name, file).split('\n').length - 1);
      assert.ok(files.length > 0);
      assert.ok(lines.reduce((sum, count) => sum + count) < 150);
    });
  }
});
