import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { root } from '../paths.ts';
import { sections } from './changelog.ts';
import { CommandError, node, npm, run } from './commands.ts';
import type { ReleaseFiles } from './releaseFiles.ts';
import { CHANGELOG } from './repositoryState.ts';

/** One of the places to which a release is uploaded. */
export interface Upload {
  readonly title: string;
  /**
   * Uploads what is not there yet.
   *
   * @param isDryRun does the same, without the upload itself
   * @returns what was done, a line each
   * @throws CommandError with the output of the program that failed
   */
  run(files: ReleaseFiles, isDryRun: boolean): Promise<string[]>;
}

/** The places by the names that the command line takes. */
export const uploads: Readonly<Record<string, Upload>> = {
  marketplace: { title: 'Visual Studio Marketplace', run: uploadToMarketplace },
  openvsx: { title: 'Open VSX', run: uploadToOpenVsx },
  npm: { title: 'npm', run: uploadToNpm },
  github: { title: 'GitHub release', run: uploadToGitHub },
};

/** The places that can fail one by one. The files on GitHub are for readers, and come last. */
export const REGISTRIES: readonly string[] = ['marketplace', 'openvsx', 'npm'];

const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
const ovsx = path.join(root, 'node_modules', 'ovsx', 'bin', 'ovsx');

/** Without VSCE_PAT, the workflow’s identity is exchanged for a token (trusted publishing). */
async function uploadToMarketplace(files: ReleaseFiles, isDryRun: boolean): Promise<string[]> {
  const hasToken = Boolean(process.env['VSCE_PAT']);
  const args = ['publish', '--skip-duplicate', '--packagePath', files.vsix];
  if (files.isPreRelease) args.push('--pre-release');
  if (!hasToken) args.push('--oidc');
  if (!isDryRun) return linesOf(await node([vsce, ...args], { cwd: files.folder }));
  const checked = hasToken ? linesOf(await node([vsce, 'verify-pat', files.publisher])) : [];
  return [...checked, tokenState('VSCE_PAT'), `would run: vsce ${args.join(' ')}`];
}

/** Without OVSX_PAT, ovsx exchanges the workflow’s identity for a token by itself. */
async function uploadToOpenVsx(files: ReleaseFiles, isDryRun: boolean): Promise<string[]> {
  const args = ['publish', files.vsix, '--skip-duplicate'];
  if (!isDryRun) return linesOf(await node([ovsx, ...args], { cwd: files.folder }));
  const hasToken = Boolean(process.env['OVSX_PAT']);
  const checked = hasToken ? linesOf(await node([ovsx, 'verify-pat', files.publisher])) : [];
  return [...checked, tokenState('OVSX_PAT'), `would run: ovsx ${args.join(' ')}`];
}

/** Without NPM_TOKEN, npm exchanges the workflow’s identity for a token by itself. */
async function uploadToNpm(files: ReleaseFiles, isDryRun: boolean): Promise<string[]> {
  const env = await npmToken();
  const done = isDryRun ? [tokenState('NPM_TOKEN')] : [];
  for (const { file, name } of files.tarballs) {
    const id = `${name}@${files.version}`;
    if (await isOnNpm(id)) {
      done.push(`${id} is published already. Skipped.`);
      continue;
    }
    const args = ['publish', `./${file}`, '--access', 'public'];
    if (files.isPreRelease) args.push('--tag', 'next');
    // npm makes the provenance only in a workflow.
    const how = isDryRun ? ['--dry-run', '--no-provenance'] : ['--provenance'];
    await npm([...args, ...how], { cwd: files.folder, env });
    done.push(`${isDryRun ? 'would publish' : 'Published'} ${id}.`);
  }
  return done;
}

/** Whether the registry has this version. */
async function isOnNpm(id: string): Promise<boolean> {
  try {
    return (await npm(['view', id, 'version'])).trim() !== '';
  } catch (error) {
    if (error instanceof CommandError && error.message.includes('E404')) return false;
    throw error;
  }
}

/** Returns the variable that gives NPM_TOKEN to npm, for the registry that npm uses. */
async function npmToken(): Promise<NodeJS.ProcessEnv> {
  const token = process.env['NPM_TOKEN'];
  if (!token) return {};
  const registry = (await npm(['config', 'get', 'registry'])).trim();
  return { [`npm_config_${registry.replace(/^https?:/, '')}:_authToken`]: token };
}

/** Uploads all files to a release of GitHub, whose text is the section of the changelog. */
async function uploadToGitHub(files: ReleaseFiles, isDryRun: boolean): Promise<string[]> {
  const tag = `v${files.version}`;
  const create = ['release', 'create', tag, '--verify-tag', '--title', files.version];
  if (files.isPreRelease) create.push('--prerelease');
  const changelog = await readFile(CHANGELOG, 'utf8');
  const notes = sections(changelog).find(({ version }) => version === files.version)?.text ?? '';
  if (isDryRun) return [`would run: gh ${create.join(' ')} with ${files.all.length} files`, notes];
  const isThere = await run(['gh', 'release', 'view', tag]).catch(() => undefined);
  if (isThere === undefined) await run(['gh', ...create, '--notes', notes]);
  await run(['gh', 'release', 'upload', tag, ...files.all, '--clobber'], { cwd: files.folder });
  return [`The files are at the release ${tag}.`];
}

function tokenState(variable: string): string {
  return process.env[variable]
    ? `${variable} is set, and is used.`
    : `${variable} is not set: a workflow uses its own identity (trusted publishing).`;
}

function linesOf(output: string): string[] {
  return output.trim().split(/\r?\n/);
}
