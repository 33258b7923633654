import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Returns the folder of this program in the user's configuration folder, by the convention of the
 * system: `APPDATA` on Windows, Application Support on macOS, else `XDG_CONFIG_HOME` (XDG Base Directory
 * Specification). What a test server issues is kept in a folder of its own.
 * @param testServer Origin of the test server; undefined for Spotify.
 */
export function configurationFolder(testServer: string | undefined): string {
  const folder = path.join(userFolder(), 'spotify-auth');
  return testServer ? path.join(folder, new URL(testServer).host.replaceAll(':', '-')) : folder;
}

/** Creates the folder, which only its owner may open. */
export async function createFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

function userFolder(): string {
  const { APPDATA, XDG_CONFIG_HOME = '' } = process.env;
  const { platform } = process;
  if (platform === 'win32') return APPDATA || path.join(homedir(), 'AppData', 'Roaming');
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support');
  // A relative path is to be ignored.
  return path.isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : path.join(homedir(), '.config');
}
