import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { root } from './paths.ts';

/** What translators start from: the words of the manifest, and those of the sources. */
export const MANIFEST_WORDS = 'package.nls.json';
export const SOURCE_WORDS = 'l10n/bundle.l10n.json';

/** What such a file holds: texts by their keys. */
export type Words = Readonly<Record<string, string>>;

/**
 * What `SOURCE_WORDS` has to hold: each text that the sources give to `vscode.l10n.t`, under itself.
 * Microsoft’s own exporter does not see `const { t } = vscode.l10n`.
 * @throws Error that names the place where `t` is called with anything but a literal.
 */
export async function wordsOfSources(): Promise<Words> {
  const files = globSync('src/**/*.ts', { cwd: root }).sort();
  const found = await Promise.all(files.map((file) => textsOf(file)));
  return Object.fromEntries(found.flat().map((text) => [text, text]));
}

/** @param file A path below the root, or an absolute one. */
export async function readStrings(file: string): Promise<Words> {
  return JSON.parse(await readFile(path.resolve(root, file), 'utf8')) as Words;
}

/** The same for writing, as Prettier would have it. */
export async function writeStrings(file: string, words: Words): Promise<void> {
  await writeFile(path.resolve(root, file), `${JSON.stringify(words, null, 2)}\n`);
}

async function textsOf(file: string): Promise<string[]> {
  const content = await readFile(path.join(root, file), 'utf8');
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(.*\bl10n\.)?t$/s.test(node.expression.getText(source))) {
      const [text] = node.arguments;
      if (!text || !ts.isStringLiteralLike(text)) throw notLiteral(source, node);
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function notLiteral(source: ts.SourceFile, node: ts.Node): Error {
  const { line } = source.getLineAndCharacterOfPosition(node.pos);
  return new Error(`${source.fileName}:${line + 1}: only a literal can be translated.`);
}
