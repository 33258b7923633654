import { mkdir } from 'node:fs/promises';
import { createVSIX } from '@vscode/vsce';
import { out, root, vsix } from './paths.ts';

/** Builds the extension for production and packages it. */
export async function packageExtension(): Promise<void> {
  await mkdir(out, { recursive: true });
  await createVSIX({ cwd: root, packagePath: vsix, dependencies: false });
}
