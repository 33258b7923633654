import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './paths.ts';

/** The entries of the npm package by their subpaths, and their sources below `src`. */
export const entries: Readonly<Record<string, { readonly name: string; readonly source: string }>> =
  {
    '.': { name: 'auth', source: 'auth/index' },
    './auth': { name: 'auth', source: 'auth/index' },
    './fetch': { name: 'fetch', source: 'adapters/fetch' },
    './vscode': { name: 'vscode', source: 'adapters/vscode' },
  };

/** Returns the manifest of the npm package. Its ES modules lie in its root, CommonJS in `cjs`. */
export async function libraryManifest(): Promise<object> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8');
  const { version, license, repository, devDependencies } = JSON.parse(text) as {
    version: string;
    license: string;
    repository: object;
    devDependencies: Record<string, string>;
  };
  return {
    name: '@spotify-sdk/js',
    version,
    description: 'Sign in to Spotify from Node: OAuth with PKCE, refreshing and token caches.',
    license,
    repository,
    type: 'module',
    sideEffects: false,
    // The oldest Node for undici. docs/auth.md states it, too.
    engines: { node: '>=20.18.1' },
    // For `moduleResolution: node10`, which does not read `exports`.
    main: './cjs/auth.js',
    types: './cjs/types/auth/index.d.ts',
    typesVersions: { '*': typesForNode10() },
    exports: { ...exportMap(), './package.json': './package.json' },
    bin: { 'spotify-auth': './cli/spotify-auth.js' },
    dependencies: { open: compatible(devDependencies['open']) },
    // For proxies and certificates of the environment. Extensions of VS Code do not ship it.
    peerDependencies: { undici: compatible(devDependencies['undici']) },
    peerDependenciesMeta: { undici: { optional: true } },
  };
}

/** Returns the range of the versions that have the same major number: `^7` for 7.30.2. */
const compatible = (version = '') => `^${version.split('.')[0] ?? ''}`;

function exportMap(): object {
  const conditions = Object.entries(entries).map(([subpath, { name, source }]) => [
    subpath,
    {
      require: { types: `./cjs/types/${source}.d.ts`, default: `./cjs/${name}.js` },
      default: { types: `./types/${source}.d.ts`, default: `./${name}.js` },
    },
  ]);
  return Object.fromEntries(conditions) as object;
}

function typesForNode10(): object {
  const files = Object.entries(entries)
    .filter(([subpath]) => subpath !== '.')
    .map(([subpath, { source }]) => [subpath.slice(2), [`./cjs/types/${source}.d.ts`]]);
  return Object.fromEntries(files) as object;
}
