// Installs the dependencies where they are missing or stale, then runs a script with the Node that
// they bring. This file alone runs on whatever Node (20 or newer) the machine has.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockfile = path.join(root, 'package-lock.json');
const installed = path.join(root, 'node_modules', '.package-lock.json');

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lockfile).mtimeMs) {
  console.log('Installing the development dependencies (npm ci)…');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

const bin = path.join(root, 'node_modules', '.bin');
process.env.PATH = bin + path.delimiter + process.env.PATH;
run('node', process.argv.slice(2));

/** Ends this process when the command fails. A shell, because npm is a script on Windows. */
function run(command, args) {
  const line = [command, ...args].join(' ');
  const { status } = spawnSync(line, { cwd: root, stdio: 'inherit', shell: true });
  if (status !== 0) process.exit(status ?? 1);
}
