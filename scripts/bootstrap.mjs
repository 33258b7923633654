// Installs the dependencies if they are missing or older than the lockfile, then runs a script with
// the Node among them. Only this file runs in the machine’s own Node (20 or newer).
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockfile = path.join(root, 'package-lock.json');
const installed = path.join(root, 'node_modules', '.package-lock.json');

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lockfile).mtimeMs) {
  console.log('Installing the npm packages for development (npm ci)…');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

const bin = path.join(root, 'node_modules', '.bin');
process.env.PATH = bin + path.delimiter + process.env.PATH;
run('node', process.argv.slice(2));

/** Runs a command, and ends this process if it fails. On Windows only a shell starts programs of npm. */
function run(command, args) {
  const options = { cwd: root, stdio: 'inherit' };
  const { status } =
    process.platform === 'win32'
      ? spawnSync([command, ...args].map((word) => `"${word}"`).join(' '), {
          ...options,
          shell: true,
        })
      : spawnSync(command, args, options);
  if (status !== 0) process.exit(status ?? 1);
}
