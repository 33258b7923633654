import { mkdir, readFile } from 'node:fs/promises';
import { createVSIX } from '@vscode/vsce';
import { out, root, vsix } from './paths.ts';

/** Builds the extension for production and packages it. */
export async function packageExtension(): Promise<void> {
  await mkdir(out, { recursive: true });
  await createVSIX({ cwd: root, packagePath: vsix, dependencies: false });
  // The names of a ZIP file's entries are not compressed.
  if (!(await readFile(vsix)).includes('extension/dist/ThirdPartyNotices.txt')) {
    throw new Error('The package lacks the licenses of what it bundles.');
  }
}
