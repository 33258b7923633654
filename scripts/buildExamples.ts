import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { out, root } from './paths.ts';

/** The examples in TypeScript. */
const examples = ['now-playing', 'search'] as const;

/**
 * Builds each example into a folder that VS Code can load, in its Node and its web-worker host.
 * @returns the folders by the names of the examples
 */
export async function buildExamples(): Promise<Record<(typeof examples)[number], string>> {
  const folders = await Promise.all(examples.map(async (name) => [name, await build(name)]));
  return Object.fromEntries(folders) as Record<(typeof examples)[number], string>;
}

async function build(name: string): Promise<string> {
  const source = path.join(root, 'examples', name);
  const folder = path.join(out, 'examples', name);
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(source, 'package.json'), path.join(folder, 'package.json'));
  await esbuild.build({
    entryPoints: [path.join(source, 'extension.ts')],
    outfile: path.join(folder, 'extension.cjs'),
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    alias: { '@spotify-sdk/js/vscode': path.join(root, 'src', 'adapters', 'vscode.ts') },
    // Spotify’s SDK requires it for its own sign-in, in versions of Node without a global `crypto`.
    external: ['vscode', 'crypto'],
  });
  return folder;
}
