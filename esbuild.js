import { rm } from 'node:fs/promises';
import process from 'node:process';
import esbuild from 'esbuild';
import { buildWeb } from './scripts/buildWeb.ts';
import { writeThirdPartyNotices } from './scripts/thirdPartyNotices.ts';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** One CommonJS file each for the extension hosts of Node and of a browser's web worker. */
const common = {
  bundle: true,
  format: 'cjs',
  external: ['vscode'],
  // Whose `fetch` it is: see "HTTP" in CONTRIBUTING.
  conditions: ['vscode'],
  charset: 'utf8',
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
};
const node = {
  ...common,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.cjs',
  platform: 'node',
  target: 'node22',
  metafile: true,
  logLevel: 'info',
};

for (const file of ['extension.cjs', 'extension.web.cjs', 'interaction.web.cjs']) {
  await rm(`dist/${file}.map`, { force: true });
}
const context = await esbuild.context(node);
if (watch) {
  await context.watch();
} else {
  const { metafile } = await context.rebuild();
  await context.dispose();
  await writeThirdPartyNotices([metafile, ...(await buildWeb(common))], 'dist');
}
