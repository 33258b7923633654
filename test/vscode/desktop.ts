import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliPathFromVSCodeExecutablePath,
  runTests,
  TestRunFailedError,
} from '@vscode/test-electron';
import { cacheFolder } from './cacheFolder.ts';
import { createEditorHome, type EditorHome, type Settings } from './editorHome.ts';
import { foreignRemoved, ownEnvironment } from './environment.ts';
import { findOnPath, isExecutable } from './executables.ts';
import { endTree } from './processTree.ts';

export interface DesktopOptions {
  /** From `findDesktopEditor` or `downloadDesktopEditor`. */
  readonly executable: string;
  /** `.vsix` files or unpacked folders. */
  readonly extensions?: readonly string[];
  /** User settings, in addition to the quiet defaults of `editorHome.ts`. */
  readonly settings?: Settings;
  /** Environment variables of the extension hosts. */
  readonly env?: NodeJS.ProcessEnv;
  /** The folder to open; an empty one by default. */
  readonly folder?: string;
}

export interface DesktopTestOptions extends DesktopOptions {
  /** The folder of the extension under test. */
  readonly extensionDevelopmentPath: string;
  /** A CommonJS file that exports `run(): Promise<void>`; a rejection is a failure. */
  readonly extensionTestsPath: string;
}

/**
 * Returns the executable of a desktop editor: the one in `VSCODE_EXECUTABLE`, otherwise the one that
 * `code` on PATH starts; undefined if there is none.
 */
export function findDesktopEditor(): string | undefined {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named) return named;
  const command = findOnPath('code');
  if (!command) return undefined;
  // `code` is a link to a script in a `bin` folder inside the application.
  const bin = path.dirname(realpathSync(command));
  return ['../code', '../Code.exe', '../../../MacOS/Code', '../../../MacOS/Electron']
    .map((executable) => path.join(bin, executable))
    .find((executable) => executable !== command && isExecutable(executable));
}

/** Downloads a release of the desktop editor (`stable`, `insiders`, `1.105.0`) into the cache. */
export async function downloadDesktopEditor(version: string): Promise<string> {
  return downloadAndUnzipVSCode({ version, cachePath: cacheFolder });
}

/**
 * Runs tests inside the extension host of a desktop editor. On Linux it needs a display. The output
 * of the tests goes to the output of this process. Secrets are kept in memory only.
 *
 * @returns 0 when `run` resolved, otherwise not 0
 */
export async function runDesktopTests(options: DesktopTestOptions): Promise<{ code: number }> {
  const home = await createDesktopHome(options);
  try {
    const code = await runTests({
      vscodeExecutablePath: options.executable,
      extensionDevelopmentPath: options.extensionDevelopmentPath,
      extensionTestsPath: options.extensionTestsPath,
      extensionTestsEnv: { ...foreignRemoved(), ...options.env },
      launchArgs: [...launchArguments(options, home), '--use-inmemory-secretstorage'],
    });
    return { code };
  } catch (error) {
    if (error instanceof TestRunFailedError) return { code: error.code ?? 1 };
    throw error;
  } finally {
    await home.remove();
  }
}

/** A desktop editor with a window on the screen. */
export interface DesktopEditor {
  /** Resolves when the user or `stop` has closed the editor. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

/** Opens a desktop editor with data of its own, which are deleted when it closes. */
export async function startDesktopEditor(options: DesktopOptions): Promise<DesktopEditor> {
  const home = await createDesktopHome(options);
  const editor = spawn(options.executable, launchArguments(options, home), {
    env: { ...ownEnvironment(), ...options.env },
    stdio: 'ignore',
    detached: process.platform !== 'win32',
  });
  const closed = once(editor, 'exit').finally(home.remove);
  return {
    closed: closed.then(() => undefined),
    stop: async () => {
      endTree(editor);
      await closed;
    },
  };
}

function createDesktopHome(options: DesktopOptions): Promise<EditorHome> {
  const commandLine = resolveCliPathFromVSCodeExecutablePath(options.executable);
  return createEditorHome(options.extensions ?? [], options.settings ?? {}, (home) => [
    commandLine,
    ...homeArguments(home),
  ]);
}

function launchArguments(options: DesktopOptions, home: EditorHome): string[] {
  return [
    options.folder ?? home.workspace,
    ...homeArguments(home),
    ...['--skip-welcome', '--skip-release-notes', '--disable-workspace-trust'],
    ...['--disable-updates', '--disable-telemetry'],
  ];
}

/** Returns the arguments with the folders. For root the sandbox is off: Chromium refuses to use it. */
function homeArguments({ userDataDir, extensionsDir }: EditorHome): string[] {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [...root, '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir];
}
