import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { out } from '../paths.ts';
import { npm } from './commands.ts';

/** The folder with the files of a release. */
export const RELEASE_FOLDER = path.join(out, 'release');
const CHECKSUMS = 'SHA256SUMS';

/** The files of a release, by their names in the folder, and what they say about themselves. */
export interface ReleaseFiles {
  readonly folder: string;
  readonly version: string;
  readonly publisher: string;
  /** The ID of the extension, such as `publisher.name`. */
  readonly extension: string;
  /** Whether the extension is packaged as a pre-release. */
  readonly isPreRelease: boolean;
  readonly vsix: string;
  readonly tarballs: readonly { readonly file: string; readonly name: string }[];
  /** All files, the checksums included. */
  readonly all: readonly string[];
}

/** Writes the checksums of all other files, in the format of `sha256sum`. */
export async function writeChecksums(folder = RELEASE_FOLDER): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== CHECKSUMS).sort();
  const lines = names.map(async (name) => `${await checksum(path.join(folder, name))}  ${name}\n`);
  await writeFile(path.join(folder, CHECKSUMS), (await Promise.all(lines)).join(''));
}

/**
 * Reads the files that `npm run release:build` has written.
 * @throws Error if one was changed, is missing or too much, or has another version
 */
export async function readReleaseFiles(folder = RELEASE_FOLDER): Promise<ReleaseFiles> {
  const all = (await readdir(folder).catch(() => [])).sort();
  if (!all.includes(CHECKSUMS)) {
    throw new Error(`${folder} has no ${CHECKSUMS}. Run: npm run release:build`);
  }
  await verifyChecksums(folder, all);
  const vsix = onlyOne(all, '.vsix');
  const { publisher, name, version, isPreRelease } = readVsix(
    await readFile(path.join(folder, vsix)),
  );
  const tarballs: { file: string; name: string }[] = [];
  for (const file of all.filter((name) => name.endsWith('.tgz'))) {
    const manifest = await readTarball(folder, file);
    if (manifest.version !== version) {
      throw new Error(`${file} has version ${manifest.version}, and ${vsix} has ${version}.`);
    }
    tarballs.push({ file, name: manifest.name });
  }
  const extension = `${publisher}.${name}`;
  return { folder, version, publisher, extension, isPreRelease, vsix, tarballs, all };
}

async function verifyChecksums(folder: string, all: readonly string[]): Promise<void> {
  const lines = (await readFile(path.join(folder, CHECKSUMS), 'utf8')).trimEnd().split('\n');
  const expected = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  const names = all.filter((name) => name !== CHECKSUMS);
  if (names.join() !== [...expected.keys()].join()) {
    throw new Error(`The files in ${folder} are not those of ${CHECKSUMS}: ${names.join(', ')}.`);
  }
  for (const [name, sum] of expected) {
    if ((await checksum(path.join(folder, name))) !== sum) {
      throw new Error(`${name} is not the file that was built: its checksum differs.`);
    }
  }
}

async function checksum(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

function onlyOne(names: readonly string[], suffix: string): string {
  const [found, ...more] = names.filter((name) => name.endsWith(suffix));
  if (found === undefined || more.length > 0) {
    throw new Error(`There is not one file ${suffix}, but ${found ? more.length + 1 : 'none'}.`);
  }
  return found;
}

interface PackageManifest {
  readonly name: string;
  readonly version: string;
}

/** Returns what a packaged extension says about itself. */
export function readVsix(content: Uint8Array) {
  const inside = ['extension/package.json', 'extension.vsixmanifest'];
  const files = unzipSync(content, { filter: ({ name }) => inside.includes(name) });
  const [json, xml] = inside.map((name) => new TextDecoder().decode(files[name]));
  const { publisher, name, version } = JSON.parse(json ?? '') as PackageManifest & {
    publisher: string;
  };
  const isPreRelease = (xml ?? '').includes('Microsoft.VisualStudio.Code.PreRelease" Value="true"');
  return { publisher, name, version, isPreRelease };
}

/** Lets npm read the manifest in a tarball. */
async function readTarball(folder: string, file: string): Promise<PackageManifest> {
  const json = await npm(['pack', `./${file}`, '--dry-run', '--json'], { cwd: folder });
  const [manifest] = JSON.parse(json) as PackageManifest[];
  if (!manifest) throw new Error(`npm finds no package in ${file}.`);
  return manifest;
}
