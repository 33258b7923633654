import { readFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { root } from '../../../scripts/paths.ts';

/** Imports a TypeScript block of a page, which imports modules of Node only. `words` are those after its `ts`. */
export async function documentedBlock<T>(page: string, words: string): Promise<T> {
  const text = await readFile(path.join(root, 'docs', page), 'utf8');
  const [, rest = ''] = text.split(`\`\`\`ts ${words}\n`);
  const { code } = await esbuild.transform(rest.slice(0, rest.indexOf('\n```')), { loader: 'ts' });
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as T;
}
