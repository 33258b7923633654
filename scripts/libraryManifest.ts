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
  const { version, license, author, repository, bugs, devDependencies } = JSON.parse(text) as {
    version: string;
    license: string;
    author: string;
    repository: { type: string; url: string };
    bugs: object;
    devDependencies: Record<string, string>;
  };
  return {
    name: '@spotify-sdk/js',
    version,
    description:
      'Spotify’s Web API with the session of a VS Code user, or with OAuth of your own in Node: PKCE, refreshing, token caches.',
    keywords: ['spotify', 'oauth', 'pkce', 'web api', 'vscode', 'authentication', 'access token'],
    homepage: `${repository.url.replace(/\.git$/, '')}/blob/main/docs/auth.md`,
    bugs,
    license,
    author,
    repository: { ...repository, url: `git+${repository.url}` },
    // npm makes the provenance in CI, from the workflow that publishes.
    publishConfig: { access: 'public', provenance: true },
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
