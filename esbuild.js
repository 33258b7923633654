import { rm } from 'node:fs/promises';
import process from 'node:process';
import esbuild from 'esbuild';
import { buildExtension, nodeBundle, webBundle } from './scripts/buildExtension.ts';
import { writeThirdPartyNotices } from './scripts/thirdPartyNotices.ts';
import { reportTranslations } from './scripts/translationSizes.ts';

for (const { outfile } of [nodeBundle, webBundle]) await rm(`${outfile}.map`, { force: true });
if (process.argv.includes('--watch')) {
  for (const bundle of [nodeBundle, webBundle]) {
    await (await esbuild.context({ ...bundle, sourcemap: 'linked', logLevel: 'info' })).watch();
  }
} else {
  const isProduction = process.argv.includes('--production');
  const metafiles = await buildExtension(isProduction);
  if (isProduction) reportTranslations();
  await writeThirdPartyNotices(metafiles, 'dist');
}
