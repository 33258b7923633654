import esbuild, { type BuildOptions, type Metafile } from 'esbuild';
import { root } from './paths.ts';

/** Of the bundle for browsers, minified, in kilobytes. */
const LARGEST_WEB = 140;

/** One CommonJS file each for the extension hosts of Node and of a browser's web worker. */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  external: ['vscode'],
  // Whose `fetch` it is: see "HTTP" in CONTRIBUTING.
  conditions: ['vscode'],
  charset: 'utf8',
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;

/** What `esbuild` makes of the entry for Node. */
export const nodeBundle: BuildOptions = {
  ...common,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.cjs',
  platform: 'node',
  target: 'node22',
};

/** The same for a browser, where a Node module fails the build. */
export const webBundle: BuildOptions = {
  ...common,
  entryPoints: ['src/extension.web.ts'],
  outfile: 'dist/extension.web.cjs',
  platform: 'browser',
  target: 'es2022',
  // There is no environment.
  define: { process: 'undefined' },
};

/**
 * Builds both bundles and prints their sizes.
 * @returns what they are made of
 * @throws Error when, minified, the bundle for browsers is too large
 */
export async function buildExtension(production: boolean): Promise<Metafile[]> {
  const minify = production;
  const sourcemap = production ? false : 'linked';
  const metafiles: Metafile[] = [];
  for (const bundle of [nodeBundle, webBundle]) {
    const { metafile = { inputs: {}, outputs: {} } } = await esbuild.build({
      ...{ ...bundle, minify, sourcemap },
    });
    report(metafile, minify);
    metafiles.push(metafile);
  }
  return metafiles;
}

function report({ outputs }: Metafile, isMinified: boolean): void {
  for (const [file, { bytes }] of Object.entries(outputs)) {
    if (!file.endsWith('.cjs')) continue;
    const kilobytes = bytes / 1024;
    console.log(`  ${file}  ${kilobytes.toFixed(1)} KB${isMinified ? ' minified' : ''}`);
    if (isMinified && file === webBundle.outfile && kilobytes >= LARGEST_WEB) {
      throw new Error(`${file} has ${kilobytes.toFixed(1)} KB, not below ${LARGEST_WEB}.`);
    }
  }
}
