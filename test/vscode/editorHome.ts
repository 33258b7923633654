import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ownEnvironment } from './environment.ts';

/** Settings by their dotted names. */
export type Settings = Readonly<Record<string, unknown>>;

/** What one editor keeps on disk, made for one run. */
export interface EditorHome {
  readonly path: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  /** An empty folder to open. */
  readonly workspace: string;
  /** Forgets all of it; the editor must have ended. */
  readonly remove: () => Promise<void>;
}

/** The executable and arguments of an editor's command line, as it works on that home. */
export type CommandLine = (home: EditorHome) => readonly [string, ...string[]];

/** What keeps an editor from showing or fetching things that nobody asked for. */
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
 * Makes a home with user settings and extensions in it.
 *
 * @param extensions `.vsix` files or unpacked folders; a folder is linked, not copied, so that
 * after a rebuild a reload of the window suffices
 * @param settings user settings, over ones that keep the editor quiet
 * @param commandLine installs the `.vsix` files
 * @throws Error when an extension cannot be read or the editor refuses it
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
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
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

/** Forgets what the person and the extensions have stored in files, and leaves these settings. */
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

  // An editor adopts the folders it finds at its first start, so links come before that.
  await Promise.all(unpacked.map((folder) => linkExtension(home, folder)));
  if (packed.length === 0) return;
  const install = packed.flatMap((file) => ['--install-extension', path.resolve(file)]);
  await run(executable, [...args, ...install, '--force']);
}

/** The command line of a desktop editor is a batch file on Windows, which only a shell runs. */
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
