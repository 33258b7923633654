import { rm } from 'node:fs/promises';
import { readTokenFile } from '../auth/node/tokenFile.ts';
import { tell } from './output.ts';
import {
  appTokenFile,
  type ClientSettings,
  clientSecretFile,
  readClientSettings,
  type SharedOptions,
  userTokenCache,
  userTokenFile,
} from './settings.ts';
import { inTurn } from './tokenLock.ts';

/**
 * Forgets the tokens of the client ID, and its client secret if that was kept. With `--cache`, only the
 * token in that file. Says what it has deleted. Spotify has no call that revokes a token.
 */
export async function logout(options: SharedOptions, signal: AbortSignal): Promise<void> {
  const settings = await readClientSettings(options);
  const { path } = userTokenFile(settings);
  // A refresh must not be stored after this.
  const wasSignedIn = await inTurn(path, () => forgetUser(settings), signal);
  const deleted = [await forgetAppToken(settings)];
  if (!options.cache) deleted.push(await forgetSecret(settings));
  if (wasSignedIn) {
    tell(`Signed out: ${path} has no token any more.`);
    tell('To withdraw the access of the app, visit https://www.spotify.com/account/apps');
  } else if (!deleted.some(Boolean)) {
    tell(`No user was signed in with ${settings.clientId} in ${path}.`);
  }
  for (const what of deleted) if (what) tell(`Deleted: ${what}.`);
}

async function forgetUser(settings: ClientSettings): Promise<boolean> {
  const cache = userTokenCache(settings);
  const wasSignedIn = (await cache.get()) !== undefined;
  await cache.clear?.();
  return wasSignedIn;
}

/** Returns what it has deleted. Leaves a token of a user, which has a refresh token. */
async function forgetAppToken(settings: ClientSettings): Promise<string | undefined> {
  const file = appTokenFile(settings);
  const cache = file.forOrigin({ clientId: settings.clientId, isApp: true });
  const token = await cache.get();
  if (!token || token.refreshToken) return undefined;
  await cache.clear();
  return `the token of the app in ${file.path}`;
}

/** Returns what it has deleted. */
async function forgetSecret(settings: ClientSettings): Promise<string | undefined> {
  const file = clientSecretFile(settings);
  const wasKept = (await readTokenFile(file)) !== undefined;
  await rm(file, { force: true });
  return wasKept ? `the client secret in ${file}` : undefined;
}
