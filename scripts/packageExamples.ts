import { exec } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { out, root } from './paths.ts';

/** The examples with a bundle, by their folders. */
export const EXAMPLES = ['chat-tools', 'mcp-server', 'now-playing', 'search'] as const;

/**
 * Builds these examples with their own build scripts, and packages them.
 * @returns the `.vsix` files
 * @throws Error with the output of a build that fails
 */
export async function packageExamples(): Promise<string[]> {
  await mkdir(path.join(out, 'examples'), { recursive: true });
  return Promise.all(EXAMPLES.map(packageExample));
}

async function packageExample(name: string): Promise<string> {
  const cwd = path.join(root, 'examples', name);
  const { scripts } = JSON.parse(await readFile(path.join(cwd, 'package.json'), 'utf8')) as {
    scripts: { build: string };
  };
  // In place of the npm package, which test/library installs: it would have to be built before.
  const adapter = path.join(root, 'src', 'adapters', 'vscode.ts');
  const args = ['--log-level=warning', `--alias:@spotify-sdk/js/vscode=${adapter}`];
  await promisify(exec)([scripts.build, ...args].join(' '), { cwd });
  const packagePath = path.join(out, 'examples', `${name}.vsix`);
  await createVSIX({
    cwd,
    packagePath,
    dependencies: false,
    skipLicense: true,
    allowMissingRepository: true,
  });
  return packagePath;
}
