import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Variables that a terminal of VS Code or a CI job sets, and that would change an editor. */
const ofTerminal = /^(VSCODE_.*|ELECTRON_RUN_AS_NODE|PORT|PASSWORD|GITHUB_TOKEN)$/i;
/** Variables that users set for programs with Spotify, or for their network. Tests set their own. */
const ofUser = /^(SPOTIFY_SDK_.*|(https?|no|all)_proxy)$/i;
/** The user’s variables that an editor for the real Spotify needs. */
const forRealSpotify = /^(SPOTIFY_SDK_CLIENT_ID|(https?|no|all)_proxy)$/i;

/** Returns our environment without the variables that would change an editor or a test. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return variables((name) => !isForeign(name));
}

/** Returns the variables that {@link ownEnvironment} leaves out as undefined, to remove them. */
export function foreignRemoved(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter(isForeign);
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Returns the user’s client ID and proxies, for an editor that signs in to the real Spotify. */
export function userEnvironment(): NodeJS.ProcessEnv {
  return variables((name) => forRealSpotify.test(name));
}

/**
 * Returns the variable that names the folder for temporary files, by the folder’s real path. macOS names it
 * by a link, and Windows by a short name such as `RUNNER~1`, so paths from there would differ from those
 * that other programs report.
 */
export function realTemporaryFolder(): NodeJS.ProcessEnv {
  const folder = realpathSync.native(tmpdir());
  return process.platform === 'win32' ? { TEMP: folder, TMP: folder } : { TMPDIR: folder };
}

function isForeign(name: string): boolean {
  return ofTerminal.test(name) || ofUser.test(name);
}

function variables(wanted: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => wanted(name)));
}
