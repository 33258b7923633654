import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

interface Shrinkwrap {
  packages: Record<string, Manifest & { version?: string; resolved?: string }>;
}

/**
 * Replaces dependencies on git commits by packages of the registry, in the version that the
 * shrinkwrap states for the commit, because some networks do not reach the git host.
 *
 * @param folder has a package.json and an npm-shrinkwrap.json
 */
export async function replaceGitDependencies(folder: string): Promise<void> {
  const manifestFile = path.join(folder, 'package.json');
  const shrinkwrapFile = path.join(folder, 'npm-shrinkwrap.json');
  const manifest = await readJson<Manifest>(manifestFile);
  const shrinkwrap = await readJson<Shrinkwrap>(shrinkwrapFile);

  for (const [location, { resolved, version }] of Object.entries(shrinkwrap.packages)) {
    if (!resolved?.startsWith('git+') || !version) continue;
    const name = location.slice('node_modules/'.length);
    for (const { dependencies, devDependencies } of [manifest, shrinkwrap.packages[''] ?? {}]) {
      if (dependencies?.[name]) dependencies[name] = version;
      if (devDependencies?.[name]) devDependencies[name] = version;
    }
    // npm adds an entry for the registry’s package, which includes prebuilt binaries.
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    delete shrinkwrap.packages[location];
  }
  await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
  await writeFile(shrinkwrapFile, JSON.stringify(shrinkwrap, null, 2));
}

/**
 * Replaces the native add-ons that are loaded at every start by JavaScript, which needs no build.
 *
 * @param home where code-server was installed
 * @param vscode the editor inside it
 */
export async function replaceNativeAddons(home: string, vscode: string): Promise<void> {
  const logger = path.join(vscode, 'node_modules/@vscode/spdlog/index.js');
  await copyFile(path.join(import.meta.dirname, 'spdlog.cjs'), logger);

  // argon2 hashes passwords, and our servers have none.
  const argon2 = path.join(home, 'node_modules/argon2');
  const { main } = await readJson<{ main: string }>(path.join(argon2, 'package.json'));
  await writeFile(path.join(argon2, main), 'module.exports = {};\n');
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
