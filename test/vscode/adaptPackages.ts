import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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

/** The built-in extensions that sign-ins, messages, reports and settings need. */
const KEPT_EXTENSIONS = [
  ...['configuration-editing', 'github-authentication', 'microsoft-authentication'],
  ...['json', 'json-language-features', 'log', 'markdown-basics', 'markdown-language-features'],
  ...['simple-browser', 'theme-defaults', 'theme-modern-icons', 'theme-seti'],
];

/**
 * Removes the other built-in extensions: languages, debuggers, themes, and Copilot, which adds an
 * entry to the Accounts menu. Every window starts a fifth faster without them.
 *
 * @param extensions the folder of the built-in extensions
 */
export async function removeUnusedExtensions(extensions: string): Promise<void> {
  for (const { name, parentPath } of await readdir(extensions, { withFileTypes: true })) {
    const folder = path.join(parentPath, name);
    const isExtension = await readdir(folder).then(
      (files) => files.includes('package.json'),
      () => false,
    );
    if (isExtension && !KEPT_EXTENSIONS.includes(name)) await rm(folder, { recursive: true });
  }
}

/**
 * Keeps code-server from compressing what it serves: for each window that takes it half a second.
 *
 * @param home where code-server was installed
 */
export async function serveUncompressed(home: string): Promise<void> {
  const compression = path.join(home, 'node_modules/compression/index.js');
  await writeFile(compression, 'module.exports = () => (_request, _response, next) => next();\n');
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
