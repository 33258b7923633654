import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ownEnvironment } from './environment.ts';

/** Settings by their dotted names. */
export type Settings = Readonly<Record<string, unknown>>;

/** The folders of an editor, created for one run. */
export interface EditorHome {
  readonly path: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  /** An empty folder to open. */
  readonly workspace: string;
  /** Deletes all folders. The editor must have ended. */
  readonly remove: () => Promise<void>;
}

/** Returns the executable and the arguments of an editor’s command line for this home. */
export type CommandLine = (home: EditorHome) => readonly [string, ...string[]];

/** Settings that keep an editor from showing or downloading something by itself. */
const quietSettings: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Creates a home with user settings and extensions.
 *
 * @param extensions `.vsix` files or unpacked folders. A folder is linked, not copied, so that a
 * reload of the window loads a new build.
 * @param settings user settings, in addition to {@link quietSettings}
 * @param commandLine the command line that installs the `.vsix` files
 * @throws Error if an extension cannot be read or the editor refuses it
 */
export async function createEditorHome(
  extensions: readonly string[],
  settings: Settings,
  commandLine: CommandLine,
): Promise<EditorHome> {
  const root = await mkdtemp(path.join(tmpdir(), 'vscode-'));
  const home: EditorHome = {
    path: root,
    userDataDir: path.join(root, 'user-data'),
    extensionsDir: path.join(root, 'extensions'),
    workspace: path.join(root, 'workspace'),
    // On Windows the editor’s last processes keep files open for some seconds.
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 10 }),
  };
  try {
    await mkdir(home.extensionsDir);
    await mkdir(home.workspace);
    await writeUserSettings(home, settings);
    await installExtensions(home, extensions, commandLine(home));
  } catch (error) {
    await home.remove();
    throw error;
  }
  return home;
}

/** Deletes the files of the user and the extensions, and writes these settings. */
export async function resetUserData(home: EditorHome, settings: Settings): Promise<void> {
  await rm(path.join(home.userDataDir, 'User'), { recursive: true, force: true, maxRetries: 5 });
  await writeUserSettings(home, settings);
}

async function writeUserSettings(home: EditorHome, settings: Settings): Promise<void> {
  const folder = path.join(home.userDataDir, 'User');
  await mkdir(folder, { recursive: true });
  const content = JSON.stringify({ ...quietSettings, ...settings }, null, 2);
  await writeFile(path.join(folder, 'settings.json'), content);
}

async function installExtensions(
  home: EditorHome,
  extensions: readonly string[],
  [executable, ...args]: ReturnType<CommandLine>,
): Promise<void> {
  const packed = extensions.filter((extension) => extension.endsWith('.vsix'));
  const unpacked = extensions.filter((extension) => !extension.endsWith('.vsix'));

  // At its first start an editor registers the folders that it finds, so they are linked before.
  await Promise.all(unpacked.map((folder) => linkExtension(home, folder)));
  if (packed.length === 0) return;
  const install = packed.flatMap((file) => ['--install-extension', path.resolve(file)]);
  await run(executable, [...args, ...install, '--force']);
}

/** Runs a command line. On Windows that of a desktop editor is a batch file, which needs a shell. */
async function run(executable: string, args: readonly string[]): Promise<void> {
  const shell = process.platform === 'win32';
  const quoted = (text: string) => (shell ? `"${text}"` : text);
  await promisify(execFile)(quoted(executable), args.map(quoted), { env: ownEnvironment(), shell });
}

async function linkExtension(home: EditorHome, folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    publisher: string;
    name: string;
    version: string;
  };
  const { publisher, name, version } = manifest;
  const link = path.join(home.extensionsDir, `${publisher}.${name}-${version}`);
  await symlink(path.resolve(folder), link, 'junction');
}
