import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { copyableFile, copyablePath } from '../../../scripts/copyableFile.ts';
import { root } from '../../../scripts/paths.ts';
import * as entry from '../../../src/adapters/vscode.ts';
import * as copy from '../../../examples/spotify.ts';

const types = path.join(root, 'node_modules', '@types');

/** About examples/spotify.ts and scripts/copyableFile.ts. */
describe('the file that other extensions copy', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'copied-'));
    await copyFile(copyablePath, path.join(folder, 'spotify.ts'));
    await mkdir(path.join(folder, 'node_modules', '@types'), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is the adapter of today: otherwise run `npm run build:copyable`', async () => {
    assert.equal(await readFile(copyablePath, 'utf8'), await copyableFile());
  });

  it('gives no warnings in an extension with other rules than ours', async () => {
    const rules = { curly: 'warn', eqeqeq: 'warn', semi: 'warn' } as const;
    const languageOptions = { parser: tseslint.parser };
    const found = new Linter().verify(
      await readFile(copyablePath, 'utf8'),
      [{ files: ['**/*.ts'], languageOptions, rules }],
      'spotify.ts',
    );
    assert.deepEqual(found, []);
  });

  it('exports the same as the entry of the package', () => {
    assert.deepEqual(Object.keys(copy).sort(), Object.keys(entry).sort());
    assert.deepEqual(copy.SPOTIFY_SCOPES, entry.SPOTIFY_SCOPES);
  });

  it('imports nothing, not even types', async () => {
    const { importedFiles } = ts.preProcessFile(await readFile(copyablePath, 'utf8'));
    assert.deepEqual(importedFiles, []);
  });

  it('lets the editor complete scopes', () => {
    const program = `
      import type * as vscode from 'vscode';
      import { createAuthProvider } from './spotify.ts';
      export const provider = (api: typeof vscode) => createAuthProvider(api, ['']);
    `;
    assert.deepEqual(
      completions(program, program.indexOf("['") + 2).sort(),
      [...copy.SPOTIFY_SCOPES].sort(),
    );
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
    'that says nothing but strict': { packages: [], options: {} },
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

  for (const lib of [
    ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    ['lib.es2020.d.ts', 'lib.webworker.d.ts'],
  ]) {
    it(`compiles in TypeScript 5 without iterable DOM types: ${lib.join()}`, () => {
      const target = ts.ScriptTarget.ES2020;
      assert.deepEqual(errorsWithoutIterableDom({ strict: true, target, types: [], lib }), []);
    });
  }
});

/** Compiles the copy. Before TypeScript 6, lib.dom.d.ts had nothing to iterate: lib.dom.iterable.d.ts had it. */
function errorsWithoutIterableDom(options: ts.CompilerOptions): string[] {
  const host = ts.createCompilerHost(options);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (!/lib\.(dom|webworker)\.d\.ts$/.test(name)) return parse(name, ...rest);
    const iterators = /^ +(\[Symbol\.iterator\]|entries|keys|values)\(\): \w*Iterator<.*;$/gm;
    const text = (ts.sys.readFile(name) ?? '').replaceAll(iterators, '');
    return ts.createSourceFile(name, text, rest[0]);
  };
  const program = ts.createProgram([copyablePath], { ...options, noEmit: true }, host);
  const faults = ts.getPreEmitDiagnostics(program);
  return faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** Returns the completions at a position in a file beside the copy. */
function completions(program: string, position: number): string[] {
  const file = path.join(path.dirname(copyablePath), 'consumer.ts');
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
