import { exec } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../vscode/cacheFolder.ts';

const THEIA_VERSION = '1.74.1';

const home = path.join(cacheFolder, `theia-${THEIA_VERSION}`);
const packages = ['core', 'plugin-ext', 'plugin-ext-vscode', 'messages', 'preferences', 'cli'];
const manifest = {
  private: true,
  name: 'theia',
  version: '0.0.0',
  dependencies: Object.fromEntries(packages.map((name) => [`@theia/${name}`, THEIA_VERSION])),
  // The two packages that would need a compiler.
  overrides: { keytar: 'file:stubs/keytar', drivelist: 'file:stubs/drivelist' },
  theia: { target: 'browser' },
};

/** The entry point of Theia’s backend; undefined if Theia was not built. */
export function theiaBackend(): string | undefined {
  const main = path.join(home, 'lib', 'backend', 'main.js');
  return existsSync(main) ? main : undefined;
}

/**
 * Builds Theia from npm into the cache, unless it is there: 500 MB are loaded, 70 MB are kept. If that fails,
 * reports why and resolves all the same: the tests in Theia are skipped then.
 */
export async function buildTheia(report: (line: string) => void): Promise<void> {
  if (theiaBackend()) return;
  report(`Building Theia ${THEIA_VERSION} into ${home}. This takes minutes, the first time only…`);
  await mkdir(cacheFolder, { recursive: true });
  const unfinished = await mkdtemp(path.join(cacheFolder, 'unfinished-'));
  try {
    await cp(path.join(import.meta.dirname, 'stubs'), path.join(unfinished, 'stubs'), {
      recursive: true,
    });
    await writeFile(path.join(unfinished, 'package.json'), JSON.stringify(manifest));
    await run('npm install --ignore-scripts --no-audit --no-fund --loglevel=error', unfinished);
    await run('npm exec --offline -- theia build --mode production', unfinished);
    const kept = path.join(unfinished, 'kept');
    await mkdir(kept);
    await rename(path.join(unfinished, 'lib'), path.join(kept, 'lib'));
    // Otherwise Node would take the files for ES modules, as our own package.json says.
    await writeFile(path.join(kept, 'package.json'), '{ "type": "commonjs" }');
    await rename(kept, home);
  } catch (error) {
    report(`Theia cannot be built. ${String(error)}`);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function run(command: string, cwd: string): Promise<void> {
  await promisify(exec)(command, { cwd, maxBuffer: 64 * 1024 * 1024 });
}
