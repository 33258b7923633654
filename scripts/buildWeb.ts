import path from 'node:path';
import esbuild, { type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { root } from './paths.ts';

/** In kilobytes, minified: what every window in a browser loads. */
const LARGEST = 60;

/** What `src/web/loadInteraction.ts` hands to the second file. */
const SHARED = 'shared-with-interaction';

/**
 * Builds the extension for a browser's web worker: `dist/extension.web.cjs`, which VS Code loads,
 * and `dist/interaction.web.cjs`, which the first loads when a person has to deal with something.
 * Of our own modules, what both need is in the first alone.
 * @returns what both are made of
 * @throws Error when a Node module is needed or, minified, the first file is too large.
 */
export async function buildWeb(common: BuildOptions): Promise<Metafile[]> {
  const options = {
    ...common,
    absWorkingDir: root,
    platform: 'browser',
    target: 'es2022',
    // There is no environment.
    define: { process: 'undefined' },
  } satisfies BuildOptions;
  const first = { ...options, entryPoints: ['src/extension.web.ts'] };
  // What the first needs for itself, before it is known what else it has to offer.
  const alone = await build({ ...first, write: false }, 'dist/extension.web.cjs', sharing([]));
  const own = new Set(Object.keys(outputOf(alone).inputs));
  const shared: string[] = [];
  const second = { ...options, entryPoints: ['src/web/webInteraction.ts'] };
  const interaction = await build(second, 'dist/interaction.web.cjs', asking(own, shared));
  const extension = await build(first, 'dist/extension.web.cjs', sharing(shared));
  if (options.minify) report(extension, interaction);
  return [extension, interaction];
}

async function build(options: BuildOptions, outfile: string, plugin: Plugin): Promise<Metafile> {
  const { metafile } = await esbuild.build({
    ...{ ...options, outfile, metafile: true, logLevel: 'warning', plugins: [plugin] },
  });
  return metafile;
}

/** Has the first file offer these modules, each by its place in the list. */
function sharing(modules: readonly string[]): Plugin {
  const contents = modules.map((file, i) => `export * as m${i} from './${file}';`).join('\n');
  return {
    name: 'sharing',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${SHARED}$`) }, () => ({
        path: SHARED,
        namespace: SHARED,
      }));
      build.onLoad({ filter: /^/, namespace: SHARED }, () => ({ contents, resolveDir: root }));
    },
  };
}

/** Has the second file ask for what is in the first, which goes into `shared`. */
function asking(first: ReadonlySet<string>, shared: string[]): Plugin {
  return {
    name: 'asking',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path: asked, resolveDir }) => {
        const file = path.relative(root, path.resolve(resolveDir, asked)).replaceAll('\\', '/');
        if (!file.startsWith('src/') || !first.has(file)) return undefined;
        if (!shared.includes(file)) shared.push(file);
        return { path: `m${shared.indexOf(file)}`, external: true };
      });
    },
  };
}

function report(...bundles: readonly Metafile[]): void {
  for (const bundle of bundles) {
    const [[file]] = Object.entries(bundle.outputs) as [[string, unknown]];
    console.log(`  ${file}  ${kilobytes(bundle)} KB minified`);
  }
  const [first] = bundles;
  if (first && Number(kilobytes(first)) >= LARGEST) {
    throw new Error(`The extension for browsers has ${kilobytes(first)} KB, not below ${LARGEST}.`);
  }
}

const kilobytes = (bundle: Metafile): string => (outputOf(bundle).bytes / 1024).toFixed(1);

function outputOf({ outputs }: Metafile): Metafile['outputs'][string] {
  const script = Object.entries(outputs).find(([file]) => file.endsWith('.cjs'))?.[1];
  if (!script) throw new Error('Nothing was built.');
  return script;
}
