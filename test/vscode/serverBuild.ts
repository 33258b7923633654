import { exec } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  removeUnusedExtensions,
  replaceGitDependencies,
  replaceNativeAddons,
  serveUncompressed,
} from './adaptPackages.ts';
import { cacheFolder } from './cacheFolder.ts';
import type { CommandLine } from './editorHome.ts';
import { nodeExecutable, nodePackage } from './nodePackage.ts';

/** The newest release of VS Code, as code-server numbers it. */
export const NEWEST_EDITOR = '4.139.1';
/** The oldest release that `engines` of our manifest allows. */
export const OLDEST_EDITOR = '4.105.1';
/** The same release of the desktop editor. */
export const OLDEST_DESKTOP_EDITOR = OLDEST_EDITOR.replace(/^4/, '1');
export type ServerVersion = typeof NEWEST_EDITOR | typeof OLDEST_EDITOR;

/** A VS Code server with its web workbench, complete on disk. */
export interface ServerBuild {
  readonly version: ServerVersion;
  /** The entry point of code-server, which serves the editor to users. */
  readonly codeServer: string;
  /** The entry point of VS Code’s own server, which can run tests inside its extension host. */
  readonly vscodeServer: string;
  /** The Node executable for this release. */
  readonly node: string;
}

/** VS Code 1.105 has Node 22 in its extension host. 1.139 has Node 24, which also runs this file. */
const ownNode: Record<ServerVersion, string | undefined> = {
  [NEWEST_EDITOR]: undefined,
  [OLDEST_EDITOR]: '22.23.2',
};

/**
 * Finds a server build in the cache, or installs it from npm: 600 MB, without a compiler or root.
 * An interrupted installation is never taken for a complete one.
 *
 * @param report is called with a progress line before each slow step
 * @throws Error if npm fails, with the output of npm
 */
export async function installServerBuild(
  version: ServerVersion,
  report: (line: string) => void,
): Promise<ServerBuild> {
  const home = path.join(cacheFolder, `code-server-${version}-adapted`);
  if (!existsSync(home)) {
    report(
      `Installing VS Code ${version.replace('4', '1')} (code-server ${version}) into ${home}. This takes some minutes, the first time only…`,
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

/** Returns the command line with which a build installs extensions into a home. */
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
  report('  1/3 code-server, which is VS Code for a browser');
  await npmInstall(home, packages.join(' '));

  const vscode = path.join(home, 'node_modules/code-server/lib/vscode');
  report('  2/3 the libraries that VS Code needs');
  await replaceGitDependencies(vscode);
  await npmInstall(vscode, '--omit=dev');

  const extensions = path.join(vscode, 'extensions');
  report('  3/3 the libraries that its built-in extensions need');
  await replaceGitDependencies(extensions);
  await npmInstall(extensions, '--omit=dev');

  await replaceNativeAddons(home, vscode);
  await serveUncompressed(home);
  await removeUnusedExtensions(extensions);
}

/** Installs packages without building native add-ons. The editor lacks its terminal then. */
async function npmInstall(cwd: string, what: string): Promise<void> {
  const command = `npm install --ignore-scripts --no-audit --no-fund --loglevel=error ${what}`;
  await promisify(exec)(command, { cwd, maxBuffer: 64 * 1024 * 1024 });
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another process has installed the same build meanwhile.
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
