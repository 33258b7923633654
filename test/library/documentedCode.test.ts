import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { Linter } from 'eslint';
import ts from 'typescript';
import { parser } from 'typescript-eslint';
import { root } from '../../scripts/paths.ts';
import { brokenLinks } from './brokenLinks.ts';
import { buildStandIn } from './builtStandIn.ts';
import { allPages, type CodeBlock, codeBlocks } from './codeBlocks.ts';
import { installLibrary, linkPackages } from './installedLibrary.ts';
import { type TemplateName, templates } from './templates.ts';

const pages = allPages();
const blocks = pages.flatMap(codeBlocks);
/** The pages outside of docs/, and the forms for issues. Their descriptions have links as pages have them. */
const others = [
  ...['CONTRIBUTING.md', 'SECURITY.md', 'SUPPORT.md', 'CODE_OF_CONDUCT.md'],
  ...globSync('.github/*.md', { cwd: root }),
  ...globSync('.github/ISSUE_TEMPLATE/*.yml', { cwd: root }),
];
/** The imports of a part that has none. */
const IMPORTS = `import * as vscode from 'vscode';
import { createAuthProvider, createFetch } from '@spotify-sdk/js/vscode';`;
const YO_CODE_RULES: Linter.Config = {
  files: ['**/*.ts'],
  languageOptions: { parser },
  rules: { curly: 'error' },
};
/** The files of an example that a page tells readers to copy, and where they are in the template. */
const COPIED = { 'server.ts': 'src/server.ts', 'extension.ts': 'src/serverExtension.ts' };
const templateNames = Object.keys(templates) as TemplateName[];

/**
 * About README and the pages of docs/. What a block is written for follows from the words after its language:
 *
 * - `ts`: an extension, in Node and in the browser
 * - `ts desktop`: an extension in Node
 * - `ts run`, `ts node`: a program in Node
 * - `commonjs`: a program in Node, in CommonJS
 *
 * A word that ends in `.ts` is the path by which other blocks import the file. A block with a path or with
 * imports is a whole file. Another one, or one with the word `part`, is a part of an `async` function.
 */
function templatesOf({ language, words }: CodeBlock): TemplateName[] {
  if (words.includes('commonjs')) return ['Node CommonJS'];
  if (language !== 'ts') return [];
  if (words.includes('run') || words.includes('node')) return ['Node ESM'];
  return words.includes('desktop') ? ['extension'] : ['extension', 'web extension'];
}

describe('the code on the pages', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    ({ folder } = await installLibrary());
    const standIn = path.join(folder, 'node_modules', '@spotify-sdk', 'stand-in');
    await symlink(buildStandIn(), standIn, 'junction');
    const types = ['@types/mocha', '@types/node', '@types/vscode'];
    const packages = ['@modelcontextprotocol/sdk', '@spotify/web-api-ts-sdk', 'zod'];
    await linkPackages(folder, ...types, ...packages);
  });

  // One program for the templates that differ by the kind of a module only.
  for (const options of new Set(
    Object.values(templates).map(({ compilerOptions }) => compilerOptions),
  )) {
    const names = templateNames.filter((name) => templates[name].compilerOptions === options);
    it(`compiles as it stands in the template “${names.join('” and “')}”`, async () => {
      const files: string[] = [];
      for (const name of names) files.push(...(await paste(folder, name)));
      assert.deepEqual(complaints(folder, files, options), []);
    });
  }

  it('has suites that pass in plain Node, compiled to CommonJS', async () => {
    const files = await paste(folder, 'extension');
    const outdir = path.join(folder, 'templates', 'extension', 'out');
    const outbase = path.dirname(outdir);
    await build({ entryPoints: files, outdir, outbase, format: 'cjs', platform: 'node' });
    const suites = blocks.filter(isSuite).map((block) => fileOf(block).replace(/ts$/, 'js'));
    assert.ok(suites.length > 3);
    const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
    const options = ['--no-config', '--ui', 'tdd', '--reporter', 'json'];
    const args = [mocha, ...options, ...suites.map((file) => path.join(outdir, file))];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: outdir }).catch(
      (error: unknown) => error as { stdout: string },
    );
    const { failures } = JSON.parse(stdout) as { failures: { title: string; err: Error }[] };
    assert.deepEqual(
      failures.map(({ title, err }) => `${title}: ${err.message}`),
      [],
    );
  });

  it('passes the lint rule for braces that yo code gives to extensions', () => {
    const linter = new Linter();
    for (const block of blocks.filter((one) => templatesOf(one).includes('extension'))) {
      const found = linter.verify(block.code, YO_CODE_RULES, 'extension.ts');
      const messages = found.map(({ line, message }) => `${line}: ${message}`);
      assert.deepEqual(messages, [], fileOf(block));
    }
  });

  it('is JSON where it is called so, or fields of it', () => {
    const json = blocks.filter(({ language }) => /^jsonc?$/.test(language));
    assert.ok(json.length > 0);
    for (const block of json) {
      const text = /^\s*[[{]/.test(block.code) ? block.code : `{${block.code}}`;
      const { error } = ts.parseConfigFileTextToJson(fileOf(block), text);
      assert.equal(error?.messageText, undefined, fileOf(block));
    }
  });
});

describe('the pages', () => {
  it('have no broken links', async () => {
    assert.ok(pages.length > 10);
    for (const page of [...pages, ...others]) {
      assert.deepEqual(await brokenLinks(path.join(root, page)), [], page);
    }
  });
});

/** Writes the blocks that are for a template into a folder of its own. Returns their files. */
async function paste(folder: string, name: TemplateName): Promise<string[]> {
  const home = path.join(folder, 'templates', name.replaceAll(' ', '-'));
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, 'package.json'), JSON.stringify({ type: templates[name].type }));
  const pasted = blocks.filter((block) => templatesOf(block).includes(name));
  assert.ok(pasted.length > 0, name);
  for (const block of pasted) {
    const file = path.join(home, fileOf(block));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, isPart(block) ? asModule(block) : block.code);
  }
  const files = pasted.map((block) => path.join(home, fileOf(block)));
  return name === 'extension' ? [...files, ...(await copyExample(home))] : files;
}

/** Does what docs/mcp-servers.md says of examples/mcp-server. Returns the files. */
async function copyExample(home: string): Promise<string[]> {
  const copies = Object.entries(COPIED).map(async ([name, copy]) => {
    const text = await readFile(path.join(root, 'examples', 'mcp-server', name), 'utf8');
    const file = path.join(home, copy);
    await writeFile(file, text.replace("'./server.ts'", "'./server'"));
    return file;
  });
  return Promise.all(copies);
}

/** Returns the block's own path, or else one that says where the block is. */
const fileOf = ({ page, line, words }: CodeBlock) =>
  pathOf(words) ?? `${page.replace(/\W+/g, '-')}-line-${line}.ts`;

/** Whether the block is a suite of mocha, or a test. */
const isSuite = ({ code, words }: CodeBlock) =>
  words.includes('desktop') && /^(suite|test)\(/m.test(code);

const importsOf = (code: string) => code.match(/^import [^;]*;$/gm) ?? [];

const pathOf = (words: readonly string[]) => words.find((word) => word.endsWith('.ts'));

const isPart = ({ code, words }: CodeBlock) =>
  words.includes('part') ||
  (!words.includes('run') && !pathOf(words) && importsOf(code).length === 0);

/** Wraps a part in a function. */
function asModule({ code }: CodeBlock): string {
  const own = importsOf(code);
  const rest = own.reduce((text, line) => text.replace(line, ''), code);
  const imports = own.length > 0 ? own.join('\n') : IMPORTS;
  return `${imports}\nexport async function example(): Promise<void> {\n${rest}\n}\n`;
}

/** The SDKs of Spotify and of MCP have errors of their own, as the pages say. zod’s types take long. */
const UNCHECKED = /[\\/](@spotify[\\/]web-api-ts-sdk|@modelcontextprotocol[\\/]sdk|zod)[\\/]/;

/** The types that all templates use, by path. Each is parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Returns the errors of the compiler in files and in the types that they use, but for {@link UNCHECKED}. */
function complaints(home: string, files: string[], compilerOptions: object): string[] {
  const { options, errors } = ts.parseJsonConfigFileContent(
    { compilerOptions, files },
    ts.sys,
    home,
  );
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (!/[\\/](typescript[\\/]lib|@types)[\\/]/.test(name)) return read(name, ...rest);
    if (!parsed.has(name)) parsed.set(name, read(name, ...rest));
    return parsed.get(name);
  };
  const program = ts.createProgram(files, options, host);
  const checked = program.getSourceFiles().filter(({ fileName }) => !UNCHECKED.test(fileName));
  const found = checked.flatMap((file) => ts.getPreEmitDiagnostics(program, file));
  return [...new Set([...errors, ...program.getOptionsDiagnostics(), ...found])].map(
    ({ file, messageText }) =>
      [path.basename(file?.fileName ?? ''), ts.flattenDiagnosticMessageText(messageText, ' ')].join(
        ': ',
      ),
  );
}
