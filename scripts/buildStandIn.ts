/** Writes the npm package of `stand-in` to `dist/stand-in`, and prints its size. */
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { importedSources, withExtension } from './declarations.ts';
import { out, root } from './paths.ts';

const folder = path.join(root, 'dist', 'stand-in');
/** The entries of the package, by their name in `exports`. `fetch` needs no Node. */
const ENTRIES = { '.': 'index', './fetch': 'standInFetch' };
const sources = Object.values(ENTRIES).map((name) => `stand-in/${name}.ts`);
/** The types of all files. The package has only those that its own types need. */
const emitted = path.join(out, 'stand-in-types');

const packed = await manifest();
const module = {
  absWorkingDir: root,
  entryPoints: [...sources, 'stand-in/cli.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  define: { VERSION: JSON.stringify(packed.version) },
} satisfies esbuild.BuildOptions;

await rm(folder, { recursive: true, force: true });
await esbuild.build(module);
// The templates of VS Code for new extensions create CommonJS, also their tests.
await esbuild.build({
  ...module,
  entryPoints: sources,
  splitting: false,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
});

const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.stand-in.json', '--outDir', emitted], {
  cwd: root,
});
for (const name of Object.values(ENTRIES)) await writeTypes(path.join('stand-in', name));
await writeFile(path.join(folder, 'package.json'), JSON.stringify(packed, null, 2));
await copyFile(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
await copyFile(path.join(root, 'docs', 'testing.md'), path.join(folder, 'README.md'));

const { size } = await stat(path.join(folder, 'index.cjs'));
console.log(`dist/stand-in: ${(size / 1024).toFixed(1)} KB, which nothing loads but tests`);

/**
 * Writes the types of a file and of what it imports, for ES modules and for CommonJS.
 *
 * @param file is relative to the folder of all emitted types, without its extension
 */
async function writeTypes(file: string, written = new Set<string>()): Promise<void> {
  if (written.has(file)) return;
  written.add(file);
  const text = await readFile(path.join(emitted, `${file}.d.ts`), 'utf8');
  const place = path.join(folder, 'types', file);
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(`${place}.d.ts`, withExtension(text, '.js'));
  await writeFile(`${place}.d.cts`, withExtension(text, '.cjs'));
  for (const source of importedSources(text)) {
    await writeTypes(path.join(path.dirname(file), source), written);
  }
}

async function manifest(): Promise<Record<string, unknown> & { version: string }> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8');
  const { version, license, author, repository, bugs } = JSON.parse(text) as Record<
    string,
    unknown
  > & {
    version: string;
    repository: { url: string };
  };
  return {
    name: '@spotify-sdk/stand-in',
    version,
    description: 'A stand-in for Spotify’s Accounts service and Web API, for tests.',
    keywords: ['spotify', 'oauth', 'mock', 'fake', 'test', 'web-api'],
    license,
    author,
    homepage: `${repository.url.replace(/\.git$/, '')}/blob/main/docs/testing.md`,
    repository: { ...repository, url: `git+${repository.url}` },
    bugs,
    publishConfig: { access: 'public', provenance: true },
    type: 'module',
    engines: { node: '>=20.18.1' },
    bin: { 'spotify-stand-in': './cli.js' },
    // `main` and `types` are for moduleResolution node10.
    main: './index.cjs',
    types: './types/stand-in/index.d.cts',
    exports: {
      ...Object.fromEntries(
        Object.entries(ENTRIES).map(([entry, name]) => [entry, exportOf(name)]),
      ),
      './package.json': './package.json',
    },
  };
}

function exportOf(name: string): object {
  return {
    import: { types: `./types/stand-in/${name}.d.ts`, default: `./${name}.js` },
    require: { types: `./types/stand-in/${name}.d.cts`, default: `./${name}.cjs` },
  };
}
