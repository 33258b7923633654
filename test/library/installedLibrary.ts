import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/paths.ts';
import { npm } from './testedNode.ts';

/** The folder of the package, as `npm run build:library` writes it. */
export const library = path.join(root, 'dist', 'library');

export interface InstalledLibrary {
  /** The folder of a program, an ES module, that has installed the package. */
  readonly folder: string;
  readonly tarball: string;
}

let installed: Promise<InstalledLibrary> | undefined;

/** Builds, packs and installs the library as its users do, once for all tests of this process. */
export function installLibrary(): Promise<InstalledLibrary> {
  return (installed ??= install());
}

async function install(): Promise<InstalledLibrary> {
  execFileSync(process.execPath, ['scripts/buildLibrary.ts'], { cwd: root, stdio: 'inherit' });
  const folder = await mkdtemp(path.join(tmpdir(), 'library-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  npm(library, 'pack', '--pack-destination', folder);
  const { version } = await manifestOf(library);
  const tarball = path.join(folder, `spotify-sdk-js-${version}.tgz`);
  await writeFile(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  npm(folder, 'install', tarball);
  return { folder, tarball };
}

/** The fields of a package’s manifest that tests look at. */
export async function manifestOf(folder: string) {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8');
  return JSON.parse(text) as Record<string, unknown> & {
    version: string;
    engines: object;
    exports: Record<string, object>;
    dependencies: Record<string, string>;
    peerDependencies: Record<string, string>;
    peerDependenciesMeta: object;
  };
}

/** Links packages of this repository into the `node_modules` of a folder, unless they are there. */
export async function linkPackages(folder: string, ...names: string[]): Promise<void> {
  for (const name of names) {
    const place = path.join(folder, 'node_modules', name);
    if (existsSync(place)) continue;
    await mkdir(path.dirname(place), { recursive: true });
    await symlink(path.join(root, 'node_modules', name), place, 'junction');
  }
}
