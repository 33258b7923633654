import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';

export const root = path.resolve(import.meta.dirname, '..');
/** Everything that is made here and never committed. */
export const out = path.join(root, 'out');

/** Builds the extension for production and packages it; returns the .vsix file. */
export async function packageExtension(): Promise<string> {
  const packagePath = path.join(out, 'spotify-authentication.vsix');
  await mkdir(out, { recursive: true });
  await createVSIX({ cwd: root, packagePath, dependencies: false });
  return packagePath;
}
