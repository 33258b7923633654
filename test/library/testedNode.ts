import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../vscode/cacheFolder.ts';
import { nodeExecutable, nodePackage } from '../vscode/nodePackage.ts';

/** The oldest Node that the library supports. */
export const OLDEST_NODE = '20.18.1';

/** The Node in which the tests run the library, such as `22`: the one in `LIBRARY_NODE`, otherwise the oldest. */
export const TESTED_NODE = process.env['LIBRARY_NODE'] || OLDEST_NODE;

/** Returns its executable. Installs it into the cache if it is missing. */
export function testedNode(): string {
  const home = path.join(cacheFolder, `node-${TESTED_NODE}`);
  if (!existsSync(home)) {
    mkdirSync(cacheFolder, { recursive: true });
    const unfinished = mkdtempSync(path.join(cacheFolder, 'unfinished-'));
    writeFileSync(path.join(unfinished, 'package.json'), '{ "private": true }\n');
    npm(unfinished, 'install', '--ignore-scripts', `${nodePackage()}@${TESTED_NODE}`);
    renameSync(unfinished, home);
  }
  return nodeExecutable(home);
}

/** Runs npm in a folder, and returns its output. */
export function npm(cwd: string, ...args: string[]): string {
  const command = ['npm', ...args, '--no-audit', '--no-fund', '--loglevel=error'].join(' ');
  return execFileSync(command, { cwd, shell: true, encoding: 'utf8' });
}
