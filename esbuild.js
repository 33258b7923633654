import { rmSync } from 'node:fs';
import process from 'node:process';
import esbuild from 'esbuild';
import { writeThirdPartyNotices } from './scripts/thirdPartyNotices.ts';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/**
 * The extension: one CommonJS file for the Node extension host.
 * undici stays a bare import that is never reached there, see CONTRIBUTING ("HTTP").
 */
const extension = {
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.cjs',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode', 'undici'],
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'info',
};

rmSync('dist/extension.cjs.map', { force: true });
const context = await esbuild.context(extension);
if (watch) {
  await context.watch();
} else {
  const { metafile } = await context.rebuild();
  await context.dispose();
  await writeThirdPartyNotices(metafile, 'dist');
}
