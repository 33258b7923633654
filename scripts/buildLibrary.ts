/** Writes the npm package of `src/auth` and `src/adapters` to `dist/library`, and prints its size. */
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { root } from './paths.ts';
import { writeThirdPartyNotices } from './thirdPartyNotices.ts';

const library = path.join(root, 'dist', 'library');

/** Paths of the pages of docs/ in the package. npm’s site opens links below docs/ in the repository. */
const places: Record<string, string> = {
  'auth.md': 'README.md',
  'coming-from-spotify_sdk.md': 'docs/coming-from-spotify_sdk.md',
};

const auth = {
  absWorkingDir: root,
  entryPoints: { auth: 'src/auth/index.ts' },
  // The local sign-in is a file of its own: it loads on first use.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  outdir: library,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['undici', 'open'],
  metafile: true,
} satisfies esbuild.BuildOptions;
/** The entry for other extensions, in Node or in a web worker. */
const adapter = {
  ...auth,
  entryPoints: { vscode: 'src/adapters/vscode.ts' },
  platform: 'neutral',
  splitting: false,
  target: 'es2022',
  external: [],
} satisfies esbuild.BuildOptions;

await rm(library, { recursive: true, force: true });
const { metafile } = await esbuild.build(auth);
await writeThirdPartyNotices([metafile], library);
await esbuild.build(adapter);
// The templates of VS Code for new extensions create CommonJS.
await esbuild.build({ ...adapter, format: 'cjs', outExtension: { '.js': '.cjs' } });

const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.library.json'], { cwd: root });
const types = path.join(library, 'types', 'adapters', 'vscode.d');
await copyFile(`${types}.ts`, `${types}.cts`);
await mkdir(library, { recursive: true });
await writeFile(path.join(library, 'package.json'), JSON.stringify(await manifest(), null, 2));
await copyFile(path.join(root, 'LICENSE'), path.join(library, 'LICENSE'));
for (const page of Object.keys(places)) await copyPage(page);

console.log(`dist/library: ${await size(auth)} KB minified, oauth4webapi included`);
console.log(`dist/library: ${await size(adapter)} KB minified for ./vscode`);

/** Returns the minified size of a bundle in kilobytes. */
async function size(bundle: esbuild.BuildOptions): Promise<string> {
  const { outputFiles } = await esbuild.build({ ...bundle, minify: true, write: false });
  const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.byteLength, 0);
  return (bytes / 1024).toFixed(1);
}

/** Copies a page into the package, and adapts its links to the other page. */
async function copyPage(page: string): Promise<void> {
  const place = places[page] ?? page;
  const text = await readFile(path.join(root, 'docs', page), 'utf8');
  const moved = text.replaceAll(/(?<=\]\()[\w-]+\.md/g, (linked) =>
    path.posix.relative(path.posix.dirname(place), places[linked] ?? linked),
  );
  await mkdir(path.dirname(path.join(library, place)), { recursive: true });
  await writeFile(path.join(library, place), moved);
}

async function manifest(): Promise<object> {
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
    exports: {
      './auth': { types: './types/auth/index.d.ts', default: './auth.js' },
      './vscode': {
        require: { types: './types/adapters/vscode.d.cts', default: './vscode.cjs' },
        default: { types: './types/adapters/vscode.d.ts', default: './vscode.js' },
      },
    },
    dependencies: { open: devDependencies['open'], undici: devDependencies['undici'] },
  };
}
