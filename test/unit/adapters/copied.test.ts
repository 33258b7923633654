import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { root } from '../../../scripts/paths.ts';
import { scopes } from '../../../src/adapters/vscode.ts';
import { SPOTIFY_SCOPES } from '../../../src/auth/index.ts';

const adapter = path.join(root, 'src', 'adapters', 'vscode.ts');
const types = path.join(root, 'node_modules', '@types');

/** About src/adapters/vscode.ts. */
describe('the adapter, copied into another extension', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'copied-'));
    await copyFile(adapter, path.join(folder, 'spotify.ts'));
    await mkdir(path.join(folder, 'node_modules', '@types'), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('names every scope that the library names', () => {
    assert.deepEqual(scopes, SPOTIFY_SCOPES);
  });

  it('imports the types of vscode and nothing else', async () => {
    const { importedFiles } = ts.preProcessFile(await readFile(adapter, 'utf8'));
    assert.deepEqual(
      importedFiles.map(({ fileName }) => fileName),
      ['vscode'],
    );
    const { outputText } = ts.transpileModule(await readFile(adapter, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext },
    });
    assert.deepEqual(ts.preProcessFile(outputText).importedFiles, []);
  });

  it('lets the editor complete scopes', () => {
    const program = `
      import type * as vscode from 'vscode';
      import { createAuthProvider } from './vscode.ts';
      export const provider = (api: typeof vscode) => createAuthProvider(api, ['']);
    `;
    assert.deepEqual(completions(program, program.indexOf("['") + 2).sort(), [...scopes].sort());
  });

  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noPropertyAccessFromIndexSignature: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    isolatedModules: true,
    skipLibCheck: true,
  };
  const extensions: Record<string, { packages: string[]; options: object }> = {
    'for Node, in CommonJS': {
      packages: ['vscode', 'node'],
      options: { module: 'node16', target: 'es2022', lib: ['es2022'] },
    },
    'for the web': {
      packages: ['vscode'],
      options: { module: 'preserve', target: 'es2022', lib: ['es2022', 'webworker'] },
    },
    'for both': {
      packages: ['vscode', 'node'],
      options: { module: 'preserve', target: 'es2023', lib: ['es2023', 'dom'] },
    },
    'that says nothing but strict': { packages: ['vscode'], options: {} },
  };
  for (const [kind, { packages, options }] of Object.entries(extensions)) {
    it(`compiles with the types of an extension ${kind}`, async () => {
      for (const name of packages) await link(folder, name);
      const compilerOptions = { ...strict, noEmit: true, types: packages, ...options };
      await writeFile(
        path.join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['spotify.ts'] }),
      );
      compile(folder);
    });
  }
});

/** Returns the completions at a position in a file beside the adapter. */
function completions(program: string, position: number): string[] {
  const file = path.join(path.dirname(adapter), 'consumer.ts');
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ allowImportingTsExtensions: true, noEmit: true }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = name === file ? program : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name) => ts.sys.readFile(name),
  });
  const { entries } = service.getCompletionsAtPosition(file, position, {}) ?? { entries: [] };
  return entries.map(({ name }) => name);
}

/** Links a package of types and its dependencies. */
async function link(folder: string, name: string): Promise<void> {
  const target = path.join(folder, 'node_modules', '@types', name);
  await symlink(path.join(types, name), target, 'junction');
}

/** Throws with the output of the compiler. */
function compile(folder: string): void {
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    execFileSync(process.execPath, [tsc, '-p', '.'], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    assert.fail((error as { stdout: string }).stdout);
  }
}
