import path from 'node:path';
import { environmentVariable, mayUseEnvironmentSecret, trimmed } from '../auth/credentials.ts';
import { isText } from '../auth/jsonObject.ts';
import { FileTokenCache } from '../auth/node/fileTokenCache.ts';
import { readTokenFile, writeTokenFile } from '../auth/node/tokenFile.ts';
import type { TokenCache } from '../auth/tokenInfo.ts';
import { configurationFolder, createFolder } from './configurationFolder.ts';
import { CommandError, EXIT } from './failure.ts';
import { chosenServers, type Servers } from './servers.ts';

/** Options of every command. */
export interface SharedOptions {
  readonly cache?: string;
  readonly clientId?: string;
}

/** What the options, the environment and earlier sign-ins say. */
export interface Settings {
  /** Undefined if none of them names a client ID. */
  readonly clientId: string | undefined;
  readonly redirectUri: string;
  readonly servers: Servers;
  /** The folder of files without `--cache`. */
  readonly folder: string;
  readonly options: SharedOptions;
}

/** The settings of a command that needs a client ID. */
export interface ClientSettings extends Settings {
  readonly clientId: string;
}

/** The name of the environment variable with the client secret of an app. */
export const SECRET_VARIABLE = 'SPOTIFY_SDK_CLIENT_SECRET';

const REDIRECT_URI = 'http://127.0.0.1/callback';

/**
 * Finds the client ID in the option, the environment, the file of `--cache`, and the last sign-in, in this
 * order; the redirect URI likewise, without the file. That of the last sign-in is of its client ID only.
 * @throws ConfigurationError for a value with quotes around it, or a file that others may write to.
 */
export async function readSettings(
  options: SharedOptions & { readonly redirectUri?: string },
): Promise<Settings> {
  const servers = chosenServers();
  const folder = configurationFolder(servers.testServer);
  const given =
    trimmed('--client-id', options.clientId) ?? fromEnvironment('SPOTIFY_SDK_CLIENT_ID');
  const redirectUri =
    trimmed('--redirect-uri', options.redirectUri) ?? fromEnvironment('SPOTIFY_SDK_REDIRECT_URI');
  const record = options.cache ? await readTokenFile(cacheAt(options.cache).path) : undefined;
  const last = given && redirectUri ? undefined : await readTokenFile(lastSignIn(folder));
  const lastId = textOf(last?.['client_id']);
  const clientId = given ?? textOf(record?.['client_id']) ?? lastId;
  const lastUri = clientId === lastId ? textOf(last?.['redirect_uri']) : undefined;
  return {
    clientId,
    redirectUri: redirectUri ?? lastUri ?? REDIRECT_URI,
    servers,
    folder,
    options,
  };
}

/** Returns the settings with a client ID. @throws CommandError with the exit code if there is none. */
export async function readClientSettings(
  options: SharedOptions,
  exitCode: number = EXIT.signInNeeded,
): Promise<ClientSettings> {
  const settings = await readSettings(options);
  const { clientId } = settings;
  if (clientId) return { ...settings, clientId };
  throw new CommandError(
    'A client ID is needed: sign in, pass --client-id or set SPOTIFY_SDK_CLIENT_ID.',
    exitCode,
    `Run: ${loginCommand(settings)}`,
  );
}

/**
 * Returns `SPOTIFY_SDK_CLIENT_SECRET`; undefined if it is not set or {@link mayUseEnvironmentSecret} says
 * that it is not for this app.
 */
export function secretOfEnvironment({ clientId, servers }: ClientSettings): string | undefined {
  const named = fromEnvironment('SPOTIFY_SDK_CLIENT_ID');
  const isOfApp = mayUseEnvironmentSecret(clientId, named, servers.testServer);
  return isOfApp ? fromEnvironment(SECRET_VARIABLE) : undefined;
}

/** Remembers the client ID and the redirect URI of a sign-in for later commands. */
export async function rememberSignIn({ clientId, redirectUri, folder }: ClientSettings) {
  await createFolder(folder);
  const record = { client_id: clientId, redirect_uri: redirectUri };
  await writeTokenFile(lastSignIn(folder), JSON.stringify(record));
}

/** Returns the file of the user's token: that of `--cache`, or one for the client ID. */
export function userTokenFile({ clientId, folder, options }: ClientSettings): FileTokenCache {
  return cacheAt(options.cache || path.join(folder, fileName(clientId, 'token.json')));
}

/** Returns the file of the app's own token: that of `--cache`, or one for the client ID. */
export function appTokenFile({ clientId, folder, options }: ClientSettings): FileTokenCache {
  return cacheAt(options.cache || path.join(folder, fileName(clientId, 'app.json')));
}

/** Returns the path of the file with the client secret that the user wanted to keep. */
export function clientSecretFile({ clientId, folder }: ClientSettings): string {
  return path.join(folder, fileName(clientId, 'secret.json'));
}

/** Returns a view of the user's file that takes only tokens of the client ID. */
export function userTokenCache(settings: ClientSettings): TokenCache {
  return userTokenFile(settings).forOrigin({ clientId: settings.clientId, isApp: false });
}

/** Returns the command that signs in with the same options, for a shell. */
export function loginCommand(
  { options }: Pick<Settings, 'options'>,
  scopes: string[] = [],
): string {
  const { cache, clientId } = options;
  const words = ['spotify-auth', 'login'];
  if (scopes.length > 0) words.push('--scope', quoted(scopes.join(' ')));
  if (clientId) words.push('--client-id', quoted(clientId));
  if (cache) words.push('--cache', quoted(cache));
  return words.join(' ');
}

function quoted(word: string): string {
  return /^[\w./:@%+=~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Returns the cache in the file that `--cache` names. */
export function cacheAt(file: string): FileTokenCache {
  return new FileTokenCache({ path: file });
}

/** No client ID leads to another folder: its other characters are encoded. */
function fileName(clientId: string, extension: string): string {
  return `${encodeURIComponent(clientId)}.${extension}`;
}

const lastSignIn = (folder: string) => path.join(folder, 'last-sign-in.json');
const textOf = (value: unknown) => (isText(value) ? value : undefined);

function fromEnvironment(variable: string): string | undefined {
  return trimmed(variable, environmentVariable(variable));
}
