import { readFileSync } from 'node:fs';
import path from 'node:path';
import esbuild, { type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { root } from './paths.ts';

/** The size limit of the minified bundle for browsers, in kilobytes. */
const LARGEST_WEB = 150;

/** What the bundles use of VS Code’s API. The build fails if a name is missing here. */
const USED_OF_VSCODE = [
  ...['CancellationError', 'CancellationTokenSource', 'ConfigurationTarget', 'Disposable'],
  ...['EventEmitter', 'ExtensionKind', 'InputBoxValidationSeverity', 'ProgressLocation'],
  ...['QuickInputButtons', 'ThemeIcon', 'UIKind', 'Uri', 'authentication', 'commands', 'env'],
  ...['extensions', 'l10n', 'version', 'window', 'workspace'],
];

/**
 * Lets all files of a bundle share one `require('vscode')`, without a copy of the API object. esbuild
 * would write one `require` and one copy for each file.
 */
const oneRequireOfVscode: Plugin = {
  name: 'one-require-of-vscode',
  setup(build) {
    build.onResolve({ filter: /^vscode$/, namespace: 'file' }, ({ path }) => ({
      path,
      namespace: 'shared',
    }));
    build.onLoad({ filter: /^vscode$/, namespace: 'shared' }, () => ({
      contents: `export const { ${USED_OF_VSCODE.join()} } = require('vscode');`,
    }));
  },
};

/** The options of both bundles, each a CommonJS file. */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  external: ['vscode'],
  plugins: [oneRequireOfVscode],
  // Selects the editor’s `fetch`: see “HTTP” in CONTRIBUTING.
  conditions: ['vscode'],
  charset: 'utf8',
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
} satisfies BuildOptions;

/** The bundle for the Node extension host. */
export const nodeBundle: BuildOptions = {
  ...common,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.cjs',
  platform: 'node',
  target: 'node22',
};

/** The bundle for the web-worker extension host. The build fails if it needs a Node module. */
export const webBundle: BuildOptions = {
  ...common,
  entryPoints: ['src/extension.web.ts'],
  outfile: 'dist/extension.web.cjs',
  platform: 'browser',
  target: 'es2022',
  // A browser has no environment variables.
  define: { process: 'undefined' },
};

/**
 * Builds both bundles and prints their sizes.
 * @returns esbuild’s metafiles, which list the bundled files
 * @throws Error if the minified bundle for browsers is too large, or a bundle loads `vscode` twice
 */
export async function buildExtension(production: boolean): Promise<Metafile[]> {
  const minify = production;
  const sourcemap = production ? false : 'linked';
  const metafiles: Metafile[] = [];
  for (const bundle of [nodeBundle, webBundle]) {
    const { metafile = { inputs: {}, outputs: {} } } = await esbuild.build({
      ...bundle,
      minify,
      sourcemap,
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
    checkRequires(file);
    console.log(`  ${file}  ${kilobytes.toFixed(1)} KB${isMinified ? ' minified' : ''}`);
    if (isMinified && file === webBundle.outfile && kilobytes >= LARGEST_WEB) {
      throw new Error(`${file} has ${kilobytes.toFixed(1)} KB, not below ${LARGEST_WEB}.`);
    }
  }
}

/** @throws Error if a bundle has not exactly one `require('vscode')` */
function checkRequires(file: string): void {
  const text = readFileSync(path.join(root, file), 'utf8');
  const count = text.match(/require\(["']vscode["']\)/g)?.length ?? 0;
  if (count !== 1) throw new Error(`${file} has ${count} calls of require('vscode'), not one.`);
}
