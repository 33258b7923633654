import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { out, root } from '../../scripts/paths.ts';
import { brokenLinks } from '../library/brokenLinks.ts';

const pages = [
  'README.md',
  'docs/for-extension-authors.md',
  'docs/chat-tools.md',
  'docs/mcp-servers.md',
  'docs/webviews.md',
  'docs/coming-from-vscode-spotify-auth.md',
  'docs/testing.md',
];

/** The imports of an example that has none. */
const preamble = `import * as vscode from 'vscode';
import { createAuthProvider, createFetch } from '@spotify-sdk/js/vscode';`;

/** About README.md and the pages of docs/ that the list above names. */
describe('the pages for extension authors', function () {
  this.timeout(60_000);

  it('contain only examples that compile', async () => {
    const folder = path.join(out, 'documented-code');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const files: string[] = [];
    for (const page of pages) {
      const blocks = await codeOf(page);
      assert.ok(blocks.length > 0, page);
      for (const [index, block] of blocks.entries()) {
        const file = path.join(folder, `${path.basename(page, '.md')}-${index + 1}.ts`);
        await writeFile(file, asModule(block));
        files.push(file);
      }
    }
    assert.deepEqual(complaints(files), []);
  });
});

/** About the pages on editors and flows, and those above. */
describe('the pages', () => {
  it('contain no broken links', async () => {
    const names = ['for-users', 'editors', 'sign-in-flows', 'checklist-desktop', 'versions'];
    for (const page of [...pages, 'CONTRIBUTING.md', ...names.map((name) => `docs/${name}.md`)]) {
      assert.deepEqual(await brokenLinks(path.join(root, page)), [], page);
    }
  });
});

async function codeOf(page: string): Promise<string[]> {
  const text = await readFile(path.join(root, page), 'utf8');
  return [...text.matchAll(/^( *)```ts\n([\s\S]*?)^\1```$/gm)].map(([, , code]) => code ?? '');
}

/** Wraps an example in a function, because it may begin in the middle of one, unless it is a whole module. */
function asModule(code: string): string {
  if (/^export /m.test(code)) return code;
  const imports = code.match(/^ *import .*;$/gm) ?? [];
  const rest = code.replace(/^ *import .*;$/gm, '');
  const head = imports.length > 0 ? imports.join('\n') : preamble;
  return `${head}\nexport async function example(): Promise<void> {\n${rest}\n}\n`;
}

/** The errors of the compiler, with the options of this repository. */
function complaints(files: readonly string[]): string[] {
  const config = path.join(root, 'tsconfig.json');
  const { config: json } = ts.readConfigFile(config, (file) => ts.sys.readFile(file)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...json, files }, ts.sys, root);
  const unused = { noUnusedLocals: false, noUnusedParameters: false };
  const program = ts.createProgram(files, { ...options, ...unused });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) =>
      [path.basename(file?.fileName ?? ''), ts.flattenDiagnosticMessageText(messageText, ' ')].join(
        ': ',
      ),
    );
}
