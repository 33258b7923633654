/** For `node --import`: lets a Node that cannot run TypeScript run it, and the programs that it starts. */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import esbuild from 'esbuild';

// The hooks run in a thread of their own, which loads this file again.
if (isMainThread) register(import.meta.url);

export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const source = await readFile(file, 'utf8');
  const { code } = await esbuild.transform(source, { loader: 'ts', sourcefile: file });
  return { format: 'module', source: code, shortCircuit: true };
}
