import assert from 'node:assert/strict';
import { execSync } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { root } from '../../scripts/paths.ts';
import { EXAMPLES } from '../../scripts/packageExamples.ts';
import { installLibrary, linkPackages } from './installedLibrary.ts';

const USED = [
  ...['@modelcontextprotocol/sdk', '@spotify/web-api-ts-sdk', 'zod'],
  ...['@types/node', '@types/vscode', 'undici-types'],
];

/** About the examples with a bundle. Their behaviour is tested in test/e2e/examples.test.ts. */
describe('the examples, with the npm package installed', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = path.join((await installLibrary()).folder, 'examples');
    await linkPackages(folder, ...USED);
    for (const name of EXAMPLES) {
      const source = path.join(root, 'examples', name);
      const filter = (file: string) => !['node_modules', 'dist'].includes(path.basename(file));
      await cp(source, path.join(folder, name), { recursive: true, filter });
    }
  });

  it('have no type errors', () => {
    // The options of the others need fewer types, and differ in nothing else.
    const options = optionsOf(path.join(folder, 'mcp-server'));
    const files = EXAMPLES.map((name) => path.join(folder, name, 'extension.ts'));
    const errors = ts.getPreEmitDiagnostics(ts.createProgram(files, options));
    assert.deepEqual(
      errors.map(({ file, messageText }) => [file?.fileName, messageText]),
      [],
    );
  });

  for (const name of EXAMPLES) {
    it(`are built with their scripts: ${name}`, async () => {
      const cwd = path.join(folder, name);
      const manifest = JSON.parse(await readFile(path.join(cwd, 'package.json'), 'utf8')) as {
        main: string;
        scripts: { build: string };
      };
      execSync(`${manifest.scripts.build} --log-level=warning`, { cwd });
      const bundle = await readFile(path.join(cwd, manifest.main), 'utf8');
      assert.ok(bundle.includes('There is no Spotify session for this extension.'));
    });
  }
});

function optionsOf(folder: string): ts.CompilerOptions {
  const file = path.join(folder, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, (name) => ts.sys.readFile(name)) as { config: object };
  return ts.parseJsonConfigFileContent(config, ts.sys, folder).options;
}
