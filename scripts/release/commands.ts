import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import { root } from '../paths.ts';

interface Options {
  /** The folder; that of the repository by default. */
  readonly cwd?: string;
  /** Variables in addition to those of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A command that failed. The message is the command and what it printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Runs npm with arguments that need no quotes.
 * @returns its standard output
 * @throws CommandError if it fails
 */
export function npm(args: readonly string[], { cwd, env }: Options = {}): Promise<string> {
  // `npm run --silent` makes npm silent in its scripts, too. Then it would not say why it fails.
  const options = { cwd: cwd ?? root, env: { npm_config_loglevel: 'error', ...env } };
  // npm is a script on Windows, which only a shell starts.
  return process.platform === 'win32'
    ? run([['npm', ...args].join(' ')], { ...options, shell: true })
    : run(['npm', ...args], options);
}

/**
 * Runs a program of this Node, such as one of an npm package.
 * @returns its standard output
 * @throws CommandError if it fails
 */
export function node(args: readonly string[], options: Options = {}): Promise<string> {
  return run([process.execPath, ...args], options);
}

/**
 * Runs a program.
 * @returns its standard output
 * @throws CommandError if it fails or does not exist
 */
export async function run(
  [file = '', ...args]: readonly string[],
  { cwd = root, env, shell = false }: Options & { readonly shell?: boolean } = {},
): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, shell, maxBuffer: 64 * 1024 * 1024 };
  try {
    return (await promisify(execFile)(file, args, options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & Record<string, string>;
    throw new CommandError(
      `${[file, ...args].join(' ')}\n${`${stdout}${stderr}`.trim() || message}`,
    );
  }
}
