/**
 * Builds the files of a release once, into `out/release`: the extension, the npm packages, a bill of
 * materials for each, and checksums. A workflow for a tag fails unless the tag is the version.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { packageExtension } from '../packageExtension.ts';
import { root } from '../paths.ts';
import { allPackages, billOfMaterials, noticedPackages } from './billOfMaterials.ts';
import { node, npm } from './commands.ts';
import { readReleaseFiles, RELEASE_FOLDER, writeChecksums } from './releaseFiles.ts';
import { isPreRelease, releasedProblems } from './releaseProblems.ts';
import { commitTime, readRepositoryState } from './repositoryState.ts';

const { GITHUB_REF_TYPE, GITHUB_REF_NAME = '' } = process.env;
const state = await readRepositoryState();
const { manifest } = state;
const problems = releasedProblems(state, GITHUB_REF_NAME || `v${manifest.version}`);
if (problems.length > 0 && GITHUB_REF_TYPE === 'tag') {
  throw new Error(`This tag is no release:\n- ${problems.join('\n- ')}`);
}
if (problems.length > 0) console.log(`A trial, and no release:\n- ${problems.join('\n- ')}\n`);

const time = await commitTime();
await rm(RELEASE_FOLDER, { recursive: true, force: true });
await mkdir(RELEASE_FOLDER, { recursive: true });

console.log('The extension…');
const vsix = `${manifest.name}-${manifest.version}.vsix`;
const file = path.join(RELEASE_FOLDER, vsix);
await packageExtension({ file, time, preRelease: isPreRelease(manifest) });

console.log('The npm packages…');
await node(['scripts/buildLibrary.ts']);
await node(['scripts/buildStandIn.ts']);
const library = await pack('library');
const standIn = await pack('stand-in');

console.log('The bills of materials…');
const all = await allPackages();
await writeBill(vsix, manifest.name, await bundledIn('dist'));
await writeBill(library.filename, library.name, await bundledIn('dist/library'));
await writeBill(standIn.filename, standIn.name, []);

await writeChecksums();
const files = await readReleaseFiles();
console.log(`\n${RELEASE_FOLDER}\n  ${files.all.join('\n  ')}`);

/** Packs a folder of `dist` as for the registry. Returns the name of the package and of the tarball. */
async function pack(folder: string): Promise<{ name: string; filename: string }> {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', '../../out/release'];
  const cwd = path.join(root, 'dist', folder);
  const [packed] = JSON.parse(await npm(args, { cwd })) as { name: string; filename: string }[];
  if (!packed) throw new Error(`npm has packed nothing in dist/${folder}.`);
  return packed;
}

/** Returns the packages that the bundles of a folder contain, from their licenses. */
async function bundledIn(folder: string): Promise<string[]> {
  return noticedPackages(await readFile(path.join(root, folder, 'ThirdPartyNotices.txt'), 'utf8'));
}

async function writeBill(released: string, name: string, bundled: readonly string[]) {
  const bill = billOfMaterials(all, { name, version: manifest.version, bundled }, time);
  const place = path.join(RELEASE_FOLDER, `${released}.cdx.json`);
  await writeFile(place, `${JSON.stringify(bill, null, 2)}\n`);
}
