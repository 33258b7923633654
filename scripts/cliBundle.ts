import { readFileSync } from 'node:fs';
import path from 'node:path';
import type esbuild from 'esbuild';
import { root } from './paths.ts';

const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
const { version } = JSON.parse(manifest) as { version: string };

/** The program `spotify-auth`, with its arguments' library in it. Each command is a file that loads on first use. */
export const cliBundle = {
  absWorkingDir: root,
  entryPoints: { 'spotify-auth': 'src/cli/main.ts' },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['undici', 'open'],
  define: { VERSION: JSON.stringify(version) },
  // commander is CommonJS.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
  metafile: true,
} satisfies esbuild.BuildOptions;
