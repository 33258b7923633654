import esbuild from 'esbuild';

/** What is bundled, minified, by a program in `folder` that has installed the library. */
const optionsFor = (contents: string, folder: string) =>
  ({
    stdin: { contents, resolveDir: folder },
    outdir: folder,
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    platform: 'node',
    format: 'esm',
    external: ['undici', 'open'],
  }) satisfies esbuild.BuildOptions;

/** The bytes of a program with everything that it may load. */
export async function bundleSize(contents: string, folder: string): Promise<number> {
  const { outputFiles } = await esbuild.build(optionsFor(contents, folder));
  return outputFiles.reduce((sum, file) => sum + file.contents.byteLength, 0);
}

/** The bytes that load at once: without files that the program imports on first use. */
export async function loadedSize(contents: string, folder: string): Promise<number> {
  const options = { ...optionsFor(contents, folder), splitting: true };
  const { outputs } = (await esbuild.build(options)).metafile;
  const loaded = new Set(Object.keys(outputs).filter((file) => file.endsWith('/stdin.js')));
  for (const file of loaded) {
    for (const { kind, path } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && outputs[path]) loaded.add(path);
    }
  }
  return [...loaded].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
}
