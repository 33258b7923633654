import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brokenLinks } from '../../test/library/brokenLinks.ts';
import { OLDEST_DESKTOP_EDITOR } from '../../test/vscode/serverBuild.ts';
import { root } from '../paths.ts';
import type { Pages } from './pages.ts';

/** What a release depends on, as it is in the repository. */
export interface RepositoryState {
  readonly manifest: Manifest;
  readonly lockfile: Lockfile;
  readonly changelog: string;
  /** The oldest editor in which the tests run, such as `1.105.1`. */
  readonly oldestEditor: string;
  /** All pages of the repository but the changelog. */
  readonly pages: Pages;
  /** The links of README that lead nowhere. */
  readonly brokenLinks: readonly string[];
  readonly git: GitState;
}

export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  /** Whether the version is a preview, which is published as a pre-release. */
  readonly preview?: unknown;
  readonly engines: { readonly vscode: string };
  readonly repository: { readonly url: string };
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Lockfile {
  readonly version: string;
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

interface GitState {
  readonly branch: string;
  /** The changed files, as `git status --porcelain` lists them. */
  readonly changes: readonly string[];
  /** The tags, such as `v0.2.0`, and their commits. */
  readonly tags: ReadonlyMap<string, string>;
  readonly head: string;
}

export const CHANGELOG = path.join(root, 'CHANGELOG.md');

/** Reads the state. Needs git, and no network. */
export async function readRepositoryState(): Promise<RepositoryState> {
  return {
    manifest: await readManifest(),
    lockfile: JSON.parse(await read('package-lock.json')) as Lockfile,
    changelog: await readFile(CHANGELOG, 'utf8'),
    oldestEditor: OLDEST_DESKTOP_EDITOR,
    pages: await readPages(),
    brokenLinks: await brokenLinks(path.join(root, 'README.md')),
    git: await readGitState(),
  };
}

/** Reads the manifest of the extension. */
async function readManifest(): Promise<Manifest> {
  return JSON.parse(await read('package.json')) as Manifest;
}

/** Returns the time of the last commit, in seconds since 1970. */
export async function commitTime(): Promise<number> {
  return Number(await git('log', '-1', '--format=%ct'));
}

/** The changelog is left out, because it names earlier versions. */
async function readPages(): Promise<Pages> {
  const names = await lines('ls-files', '--', '*.md', ':!CHANGELOG.md');
  const texts = names.map(async (name) => [name, await read(name)] as const);
  return Object.fromEntries(await Promise.all(texts));
}

async function readGitState(): Promise<GitState> {
  const format =
    '%(refname:short) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)';
  const tags = await lines('for-each-ref', `--format=${format}`, 'refs/tags');
  return {
    branch: await git('branch', '--show-current'),
    changes: await lines('status', '--porcelain'),
    tags: new Map(tags.map((line) => line.split(' ') as [string, string])),
    head: await git('rev-parse', 'HEAD'),
  };
}

async function lines(...args: string[]): Promise<string[]> {
  const output = await git(...args);
  return output === '' ? [] : output.split('\n');
}

async function git(...args: string[]): Promise<string> {
  return (await promisify(execFile)('git', args, { cwd: root })).stdout.trimEnd();
}

function read(file: string): Promise<string> {
  return readFile(path.join(root, file), 'utf8');
}
