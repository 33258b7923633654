import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { root } from '../../scripts/paths.ts';
import { installLibrary, library, manifestOf } from './installedLibrary.ts';

const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');

/** An extension that is compiled by `tsc` only, and so ships its dependencies as they are. */
const SOURCE = `
import { createAuthProvider, createFetch } from '@spotify-sdk/js/vscode';
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext) {
  const session = createAuthProvider(vscode, ['user-top-read']);
  context.subscriptions.push(session);
  return createFetch(session);
}
`;

describe('the .vsix of an extension that depends on the npm package', function () {
  this.timeout(120_000);
  let vsix: Buffer;

  before(async () => {
    const { folder } = await installLibrary();
    const extension = path.join(folder, 'consumer');
    await mkdir(extension);
    await cp(path.join(folder, 'node_modules'), path.join(extension, 'node_modules'), {
      recursive: true,
      // Types that other tests have linked.
      filter: (source) => !/@types|undici|web-api-ts-sdk/.test(source),
    });
    const { version } = await manifestOf(library);
    const manifest = {
      name: 'consumer',
      publisher: 'tests',
      version: '0.0.1',
      engines: { vscode: '^1.105.0' },
      main: './extension.js',
      activationEvents: ['onStartupFinished'],
      dependencies: { '@spotify-sdk/js': version },
    };
    await writeFile(path.join(extension, 'package.json'), JSON.stringify(manifest));
    await writeFile(path.join(extension, 'README.md'), 'A consumer.\n');
    const { outputText } = ts.transpileModule(SOURCE, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    await writeFile(path.join(extension, 'extension.js'), outputText);
    const file = path.join(extension, 'consumer.vsix');
    const options = ['--allow-missing-repository', '--skip-license', '--out', file];
    await promisify(execFile)(process.execPath, [vsce, 'package', ...options], { cwd: extension });
    vsix = await readFile(file);
  });

  // The names of a ZIP file's entries are not compressed.
  const has = (name: string) => vsix.includes(`extension/node_modules/${name}`);

  it('has the adapter, and not undici', () => {
    assert.ok(has('@spotify-sdk/js/cjs/vscode.js'));
    assert.ok(!has('undici'));
  });

  // A quarter of it is spotify-auth, which lies in the package beside the library.
  it('is smaller than 320 KB', () => {
    assert.ok(vsix.byteLength < 320 * 1024, `${Math.round(vsix.byteLength / 1024)} KB`);
  });
});
