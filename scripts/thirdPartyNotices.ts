import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { root } from './paths.ts';

/**
 * Writes the licenses of the bundled packages, which they require, into the folder of the bundles.
 * @throws Error if a package has no license file
 */
export async function writeThirdPartyNotices(
  bundles: readonly Metafile[],
  folder: string,
): Promise<void> {
  const notices = await Promise.all(bundledPackages(bundles).map(notice));
  const text = `Third-party packages in this bundle:\n\n${notices.join('\n')}`;
  await writeFile(path.join(folder, 'ThirdPartyNotices.txt'), text);
}

/** Returns the folders of the packages with a file in the bundles, in alphabetical order. */
function bundledPackages(bundles: readonly Metafile[]): string[] {
  const files = bundles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

async function notice(folder: string): Promise<string> {
  const home = path.join(root, folder);
  const license = (await readdir(home)).find((file) => /^licen[cs]e/i.test(file));
  if (!license) throw new Error(`${folder} has no license file, so it cannot be bundled.`);
  const manifest = await readFile(path.join(home, 'package.json'), 'utf8');
  const { name, version } = JSON.parse(manifest) as { name: string; version: string };
  const text = await readFile(path.join(home, license), 'utf8');
  return `${name} ${version}\n${'='.repeat(72)}\n${text.trim()}\n`;
}
