import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { entries } from '../../scripts/libraryManifest.ts';
import { root } from '../../scripts/paths.ts';
import { installLibrary } from './installedLibrary.ts';
import { testedNode } from './testedNode.ts';
import { runProgram } from './runProgram.ts';
import { typeErrors } from './typeErrors.ts';

/** Options of the compiler, and the extension of a program’s file, which may say what kind it is. */
const kinds: Record<string, { extension: 'ts' | 'cts' | 'mts'; options: object }> = {
  'node10, the usual one of older extensions': {
    extension: 'ts',
    options: { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
  },
  'node16 in CommonJS': { extension: 'cts', options: { module: 'node16' } },
  'node16 in an ES module': { extension: 'mts', options: { module: 'node16' } },
  'nodenext in CommonJS': { extension: 'cts', options: { module: 'nodenext' } },
  'nodenext in an ES module': { extension: 'mts', options: { module: 'nodenext' } },
  bundler: { extension: 'ts', options: { module: 'esnext', moduleResolution: 'bundler' } },
};

/** Uses each entry, and fails to compile where one of them has no types. */
const PROGRAM = `
import { AuthorizationCode, SPOTIFY_SCOPES, type TokenInfo } from '@spotify-sdk/js';
import { ClientCredentials } from '@spotify-sdk/js/auth';
import { type AuthProvider, createAuthStrategy, createFetch, createSdkConfig } from '@spotify-sdk/js/fetch';
import { createAuthProvider, type Editor, type SessionProvider } from '@spotify-sdk/js/vscode';

export async function use(editor: Editor, token: TokenInfo): Promise<unknown> {
  const session: SessionProvider = createAuthProvider(editor, [...SPOTIFY_SCOPES]);
  const providers: AuthProvider[] = [session, new ClientCredentials({}), new AuthorizationCode({})];
  const [first = session] = providers;
  // @ts-expect-error An access token is a string.
  const wrong: number = token.accessToken ?? await session.getAccessToken();
  const response: Response = await createFetch(first)('https://api.spotify.com/v1/me');
  return [wrong, response, createAuthStrategy(first), createSdkConfig(first)];
}
`;
/** Has the module \`vscode\` itself. */
const EXTENSION = `
import * as vscode from 'vscode';
import { createAuthProvider, createFetch } from '@spotify-sdk/js/vscode';

export function activate(context: vscode.ExtensionContext): typeof fetch {
  const session = createAuthProvider(vscode, ['user-top-read'], { ask: false });
  const tree: Pick<vscode.TreeDataProvider<string>, 'onDidChangeTreeData'> = {
    onDidChangeTreeData: session.onDidChange,
  };
  context.subscriptions.push(session, session.onDidChange(() => void tree));
  return createFetch(session);
}
`;

describe('the entries of the npm package', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    const installed = await installLibrary();
    // Has no other package, whose types could take the place of missing ones.
    folder = await mkdtemp(path.join(tmpdir(), 'library-alone-'));
    const place = path.join('node_modules', '@spotify-sdk');
    await cp(path.join(installed.folder, place), path.join(folder, place), { recursive: true });
  });
  after(() => rm(folder, { recursive: true }));

  for (const [index, [kind, { extension, options }]] of Object.entries(kinds).entries()) {
    const errorsOf = async (name: string, program: string, types: string[], lib: string[]) => {
      const file = path.join(folder, `${name}-${index}.${extension}`);
      await writeFile(file, program);
      const typeRoots = [path.join(root, 'node_modules', '@types')];
      return typeErrors(file, { ...options, types, typeRoots, lib });
    };

    it(`have types without any others with ${kind}`, async () => {
      assert.deepEqual(await errorsOf('program', PROGRAM, [], ['es2022', 'dom']), []);
    });

    it(`have types that fit those of an extension with ${kind}`, async () => {
      assert.deepEqual(await errorsOf('extension', EXTENSION, ['vscode', 'node'], ['es2022']), []);
    });
  }

  for (const [extension, load] of Object.entries({ cjs: 'require', mjs: 'await import' })) {
    it(`load in Node with ${load}`, async () => {
      const names = Object.keys(entries).map((subpath) => `@spotify-sdk/js${subpath.slice(1)}`);
      const loads = names.map((name) => `Object.keys(${load}('${name}')).length > 2`);
      const file = path.join(folder, `load.${extension}`);
      await writeFile(file, `console.log(${loads.join(', ')})`);
      const run = { node: testedNode(), file, cwd: folder, env: {} };
      const { lines, errors } = await runProgram(run);
      assert.deepEqual([lines, errors], [[names.map(() => 'true').join(' ')], '']);
    });
  }

  it('include the manifest, which bundlers read', async () => {
    const file = path.join(folder, 'manifest.cjs');
    await writeFile(file, `console.log(require('@spotify-sdk/js/package.json').name)`);
    const { lines } = await runProgram({ node: testedNode(), file, cwd: folder, env: {} });
    assert.deepEqual(lines, ['@spotify-sdk/js']);
  });
});
