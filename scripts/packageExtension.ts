import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { root, vsix } from './paths.ts';

interface PackageOptions {
  /** Where the `.vsix` is written. */
  readonly file?: string;
  /** Marks the package as a pre-release. */
  readonly preRelease?: boolean;
  /**
   * The time of all files in the package, in seconds since 1970. Two builds of one commit with one time
   * are the same, byte for byte. By default each file has its own time.
   */
  readonly time?: number;
  /** The folder of the extension. */
  readonly cwd?: string;
  /** Gets the output of the packager, with the sizes of the bundles. */
  readonly report?: (output: string) => void;
}

/**
 * Builds the extension for production and packages it.
 * @throws Error with the output of the packager
 */
export async function packageExtension(options: PackageOptions = {}): Promise<void> {
  const { file = vsix, preRelease = false, time, cwd = root } = options;
  await mkdir(path.dirname(file), { recursive: true });
  const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = [vsce, 'package', '--no-dependencies', '--out', file];
  if (preRelease) args.push('--pre-release');
  // vsce writes the time as a clock in this time zone shows it.
  const reproducible = time === undefined ? {} : { SOURCE_DATE_EPOCH: String(time), TZ: 'UTC' };
  const env = { ...process.env, ...reproducible };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, env });
  options.report?.(stdout);
  // The names of a ZIP file's entries are not compressed.
  if (!(await readFile(file)).includes('extension/dist/ThirdPartyNotices.txt')) {
    throw new Error('The package lacks the licenses of what it bundles.');
  }
}
