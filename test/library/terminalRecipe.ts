import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const page = readFileSync(new URL('../../docs/terminal.md', import.meta.url), 'utf8');

/** Runs the first commands of docs/terminal.md as they stand, and returns what they print. */
export async function runFirstRecipe(cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const recipe = /^```sh\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
  const options = { cwd, env, timeout: 60_000 };
  return (await promisify(execFile)('sh', ['-e', '-c', recipe], options)).stdout;
}
