import { rm } from 'node:fs/promises';
import type { FileTokenCache } from '../auth/node/fileTokenCache.ts';
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
 * token in that file. Spotify has no call that revokes a token.
 */
export async function logout(options: SharedOptions, signal: AbortSignal): Promise<void> {
  const settings = await readClientSettings(options);
  const cache = userTokenCache(settings);
  const { path } = userTokenFile(settings);
  const wasSignedIn = (await cache.get()) !== undefined;
  // A refresh must not be stored after this.
  await inTurn(path, async () => cache.clear?.(), signal);
  if (!options.cache) await forgetApp(settings);
  if (!wasSignedIn) tell(`Nobody was signed in with ${settings.clientId} in ${path}.`);
  else {
    tell(`Signed out: ${path} has no token any more.`);
    tell('To withdraw the access of the app, visit https://www.spotify.com/account/apps');
  }
}

async function forgetApp(settings: ClientSettings): Promise<void> {
  const appToken: FileTokenCache = appTokenFile(settings);
  await appToken.forOrigin({ clientId: settings.clientId, isApp: true }).clear();
  await rm(clientSecretFile(settings), { force: true });
}
