/** Writes the npm package of `src/auth`, `src/adapters` and `src/cli` to `dist/library`, and prints its size. */
import { execFileSync } from 'node:child_process';
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { cliBundle } from './cliBundle.ts';
import { importJs } from './declarations.ts';
import { libraryManifest } from './libraryManifest.ts';
import { root } from './paths.ts';
import { writeThirdPartyNotices } from './thirdPartyNotices.ts';

const library = path.join(root, 'dist', 'library');

/** Paths of the pages of docs/ in the package. npm’s site opens links below docs/ in the repository. */
const places: Record<string, string> = {
  'auth.md': 'README.md',
  'coming-from-spotify_sdk.md': 'docs/coming-from-spotify_sdk.md',
  'terminal.md': 'docs/terminal.md',
};
for (const recipe of await readdir(path.join(root, 'docs', 'recipes'))) {
  places[`recipes/${recipe}`] = `docs/recipes/${recipe}`;
}

/** The OAuth library, for Node. */
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
/** The entries for other extensions, in Node or in a web worker. */
const adapters = {
  ...auth,
  entryPoints: { fetch: 'src/adapters/fetch.ts', vscode: 'src/adapters/vscode.ts' },
  platform: 'neutral',
  splitting: false,
  target: 'es2022',
  external: [],
} satisfies esbuild.BuildOptions;
/** The templates of VS Code for new extensions create CommonJS. */
const commonJs = { splitting: false, format: 'cjs', outdir: path.join(library, 'cjs') } as const;

await rm(library, { recursive: true, force: true });
const { metafile } = await esbuild.build(auth);
const cli = await esbuild.build({ ...cliBundle, outdir: path.join(library, 'cli') });
await writeThirdPartyNotices([metafile, cli.metafile], library);
await esbuild.build(adapters);
for (const bundle of [auth, adapters]) await esbuild.build({ ...bundle, ...commonJs });

const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.library.json'], { cwd: root });
await importJs(path.join(library, 'types'));
await cp(path.join(library, 'types'), path.join(library, 'cjs', 'types'), { recursive: true });
await writeManifest('package.json', await libraryManifest());
await writeManifest('cjs/package.json', { type: 'commonjs' });
await copyFile(path.join(root, 'LICENSE'), path.join(library, 'LICENSE'));
for (const page of Object.keys(places)) await copyPage(page);

console.log(`dist/library: ${await size(auth)} KB minified, oauth4webapi included`);
console.log(`dist/library: ${await size(adapters)} KB minified for ./fetch and ./vscode`);

function writeManifest(file: string, content: object): Promise<void> {
  return writeFile(path.join(library, file), `${JSON.stringify(content, null, 2)}\n`);
}

/** Returns the minified size of a bundle in kilobytes. */
async function size(bundle: esbuild.BuildOptions): Promise<string> {
  const { outputFiles } = await esbuild.build({ ...bundle, minify: true, write: false });
  const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.byteLength, 0);
  return (bytes / 1024).toFixed(1);
}

/** Copies a page into the package, and adapts its links to the other pages. */
async function copyPage(page: string): Promise<void> {
  const place = places[page] ?? page;
  const text = await readFile(path.join(root, 'docs', page), 'utf8');
  const moved = text.replaceAll(/(?<=\]\()(?!https:)[\w./-]+\.md/g, (link) => {
    const linked = path.posix.join(path.posix.dirname(page), link);
    return path.posix.relative(path.posix.dirname(place), places[linked] ?? linked);
  });
  await mkdir(path.dirname(path.join(library, place)), { recursive: true });
  await writeFile(path.join(library, place), moved);
}
