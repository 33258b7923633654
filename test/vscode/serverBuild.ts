import { exec } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { replaceGitDependencies, replaceNativeAddons } from './adaptPackages.ts';
import { cacheFolder } from './cacheFolder.ts';
import type { CommandLine } from './editorHome.ts';
import { nodeExecutable, nodePackage } from './nodePackage.ts';

/** The newest release of VS Code, as code-server numbers it. */
export const NEWEST_EDITOR = '4.139.1';
/** The one that `engines` of our manifest still allows. */
export const OLDEST_EDITOR = '4.105.1';
export type ServerVersion = typeof NEWEST_EDITOR | typeof OLDEST_EDITOR;

/** A VS Code server with its web workbench, complete on disk. */
export interface ServerBuild {
  readonly version: ServerVersion;
  /** code-server's entry point: the editor as a person has it. */
  readonly codeServer: string;
  /** VS Code's own server underneath, which can run tests inside its extension host. */
  readonly vscodeServer: string;
  /** The Node executable this release was made for. */
  readonly node: string;
}

/** VS Code 1.105 has Node 22 in its extension host; 1.139 has the 24 that runs us. */
const ownNode: Record<ServerVersion, string | undefined> = {
  [NEWEST_EDITOR]: undefined,
  [OLDEST_EDITOR]: '22.23.2',
};

/**
 * Finds a server build in the cache, or installs it from npm: no compiler, no root, 600 MB.
 * An interrupted installation leaves nothing that a later one would take for whole.
 *
 * @param report receives a line for people at each slow step
 * @throws Error when npm fails, with what npm said
 */
export async function installServerBuild(
  version: ServerVersion,
  report: (line: string) => void,
): Promise<ServerBuild> {
  const home = path.join(cacheFolder, `code-server-${version}`);
  if (!existsSync(home)) {
    report(
      `Installing VS Code ${version.replace('4', '1')} (code-server ${version}), once, to ${home}`,
    );
    await mkdir(cacheFolder, { recursive: true });
    const unfinished = await mkdtemp(path.join(cacheFolder, 'unfinished-'));
    try {
      await installInto(unfinished, version, report);
      await moveIntoPlace(unfinished, home);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  return describe(home, version);
}

/** The command line with which a build installs extensions into a home. */
export function serverCommandLine(build: ServerBuild): CommandLine {
  return ({ path: root, extensionsDir }) => [
    build.node,
    build.vscodeServer,
    '--accept-server-license-terms',
    ...['--server-data-dir', root, '--extensions-dir', extensionsDir],
  ];
}

async function installInto(
  home: string,
  version: ServerVersion,
  report: (line: string) => void,
): Promise<void> {
  const packages = [`code-server@${version}`];
  const node = ownNode[version];
  if (node) packages.push(`${nodePackage()}@${node}`);

  await writeFile(path.join(home, 'package.json'), '{ "private": true }\n');
  report('  1/3 code-server');
  await npmInstall(home, packages.join(' '));

  const vscode = path.join(home, 'node_modules/code-server/lib/vscode');
  report('  2/3 the libraries of the editor');
  await replaceGitDependencies(vscode);
  await npmInstall(vscode, '--omit=dev');

  const extensions = path.join(vscode, 'extensions');
  report('  3/3 the libraries of its built-in extensions');
  await replaceGitDependencies(extensions);
  await npmInstall(extensions, '--omit=dev');

  await replaceNativeAddons(home, vscode);
  // It puts a GitHub prompt into the Accounts menu and makes each start slower.
  await rm(path.join(extensions, 'copilot'), { recursive: true, force: true });
}

/** Native add-ons stay unbuilt, which costs the editor its terminal and nothing else of ours. */
async function npmInstall(cwd: string, what: string): Promise<void> {
  const command = `npm install --ignore-scripts --no-audit --no-fund --loglevel=error ${what}`;
  await promisify(exec)(command, { cwd, maxBuffer: 64 * 1024 * 1024 });
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Somebody else installed the same build meanwhile: theirs is as good.
    if (!existsSync(to)) throw error;
  }
}

function describe(home: string, version: ServerVersion): ServerBuild {
  const codeServer = path.join(home, 'node_modules/code-server');
  return {
    version,
    codeServer: path.join(codeServer, 'out/node/entry.js'),
    vscodeServer: path.join(codeServer, 'lib/vscode/out/server-main.js'),
    node: ownNode[version] ? nodeExecutable(home) : process.execPath,
  };
}
