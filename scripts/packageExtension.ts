import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { out, root, vsix } from './paths.ts';

/**
 * Builds the extension for production and packages it.
 * @throws Error with the output of the packager
 */
export async function packageExtension(): Promise<void> {
  await mkdir(out, { recursive: true });
  const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = [vsce, 'package', '--no-dependencies', '--out', vsix];
  await promisify(execFile)(process.execPath, args, { cwd: root });
  // The names of a ZIP file's entries are not compressed.
  if (!(await readFile(vsix)).includes('extension/dist/ThirdPartyNotices.txt')) {
    throw new Error('The package lacks the licenses of what it bundles.');
  }
}
