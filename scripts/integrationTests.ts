import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import esbuild from 'esbuild';
import { DEMO_CLIENT_ID, FOREIGN_LOOPBACK } from '../test/spotify/index.ts';
import { findOrInstallChromium, launchBrowser } from '../test/vscode/browser.ts';
import {
  downloadDesktopEditor,
  findDesktopEditor,
  runDesktopTests,
} from '../test/vscode/desktop.ts';
import { hasDisplay } from '../test/vscode/display.ts';
import { runInExtensionHost } from '../test/vscode/extensionHost.ts';
import {
  installServerBuild,
  NEWEST_EDITOR,
  OLDEST_DESKTOP_EDITOR,
} from '../test/vscode/serverBuild.ts';
import { freePort } from '../test/vscode/serverProcess.ts';
import { out, root } from './paths.ts';

const suites = path.join(root, 'test', 'integration');
const report = (line: string): void => console.log(line);

/**
 * Runs the integration suites inside the extension host of a real VS Code: the desktop editor if
 * there is one and a display, otherwise the server build with a headless browser.
 * @returns whether every test passed
 */
export async function runIntegrationTests(where?: 'desktop'): Promise<boolean> {
  const desktop = await chooseDesktop(where);
  if (!desktop) return runInServerBuild(suites);
  // During tests the desktop editor opens only hosts that it trusts by itself, such as this one.
  const run = await prepare(suites, '127.0.0.1');
  const { code } = await runDesktopTests({ ...run, executable: desktop });
  return code === 0;
}

/**
 * Runs the integration suites and the extension from their sources instead of bundles, in the server build.
 * @returns whether every test passed
 */
export async function runFromSources(): Promise<boolean> {
  const bundle = path.join(root, 'dist', 'extension.cjs');
  mkdirSync(path.dirname(bundle), { recursive: true });
  writeFileSync(
    bundle,
    `exports.activate = async (context) => (await import('../src/extension.ts')).activate(context);\n`,
  );
  try {
    return await runInServerBuild(suites, { extensionTestsPath: path.join(suites, 'run.ts') });
  } finally {
    rmSync(bundle);
  }
}

/** What a run has besides the suites. */
interface RunOptions {
  /** The file with `run`; by default a bundle of `run.ts` in the folder of the suites. */
  readonly extensionTestsPath?: string;
  /** Other extensions, `.vsix` files or unpacked folders. */
  readonly extensions?: readonly string[];
  /** More environment variables. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs `run.ts` of a folder, and any suites in the folder, inside the extension host of the server build.
 * @returns whether `run` resolved
 */
export async function runInServerBuild(folder: string, options: RunOptions = {}): Promise<boolean> {
  const run = await prepare(folder, FOREIGN_LOOPBACK, options.extensionTestsPath);
  const build = await installServerBuild(NEWEST_EDITOR, report);
  const executable = await findOrInstallChromium(report);
  const browser = await launchBrowser({ executable, headless: true });
  try {
    const trustedDomains = [String(run.env['SPOTIFY_SDK_ACCOUNTS_URL'])];
    const env = { ...run.env, ...options.env };
    const all = { ...run, ...options, env, build, browser, trustedDomains };
    return (await runInExtensionHost(all)).code === 0;
  } finally {
    await browser.close();
  }
}

/** @param host The address at which the suites start the stand-in. */
async function prepare(folder: string, host: string, extensionTestsPath?: string) {
  return {
    extensionDevelopmentPath: root,
    extensionTestsPath: extensionTestsPath ?? (await bundleSuites(folder)),
    env: await environment(host),
  };
}

/** Returns the desktop editor, downloaded if necessary; undefined for the server build. */
async function chooseDesktop(where: 'desktop' | undefined): Promise<string | undefined> {
  if (!hasDisplay() && where !== 'desktop') {
    report('Running in VS Code for a browser, because there is no display for a desktop editor.');
    return undefined;
  }
  try {
    const desktop = await desktopEditor();
    report(`Running in the desktop editor ${desktop}.`);
    return desktop;
  } catch (error) {
    if (where === 'desktop') throw error;
    report('Running in VS Code for a browser, because no desktop editor was found or downloaded.');
    return undefined;
  }
}

/** Returns the release that `DESKTOP_EDITOR` names, otherwise an installed editor or the newest release. */
async function desktopEditor(): Promise<string> {
  const release = process.env['DESKTOP_EDITOR'];
  if (!release) return findDesktopEditor() ?? (await downloadDesktopEditor('stable'));
  return downloadDesktopEditor(release === 'oldest' ? OLDEST_DESKTOP_EDITOR : release);
}

/** Returns the environment variables of the suites, with the URLs at which they start the stand-in. */
async function environment(host: string): Promise<NodeJS.ProcessEnv> {
  return {
    TEST_RESULTS: process.env['TEST_RESULTS'],
    TEST_VERBOSE: process.env['TEST_VERBOSE'],
    SPOTIFY_SDK_ACCOUNTS_URL: `http://${host}:${await freePort()}`,
    SPOTIFY_SDK_API_URL: `http://${host}:${await freePort()}`,
    SPOTIFY_SDK_CLIENT_ID: DEMO_CLIENT_ID,
  };
}

/** Bundles the suites as CommonJS, which an extension host needs. Returns the file with `run`. */
async function bundleSuites(folder: string): Promise<string> {
  const outdir = path.join(out, path.basename(folder));
  // Deletes the bundles of suites that no longer exist.
  rmSync(outdir, { recursive: true, force: true });
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  await esbuild.build({
    entryPoints: ['run.ts', ...tests].map((file) => path.join(folder, file)),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha', 'undici', 'open'],
    sourcemap: 'inline',
    // CommonJS has no `import.meta`.
    define: { 'import.meta.dirname': '__dirname' },
  });
  return path.join(outdir, 'run.cjs');
}
