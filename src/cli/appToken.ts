import { isInvalidClient } from '../auth/errors.ts';
import { isText } from '../auth/jsonObject.ts';
import { readTokenFile, writeTokenFile } from '../auth/node/tokenFile.ts';
import { isExpired } from '../auth/tokenInfo.ts';
import { createFolder } from './configurationFolder.ts';
import { CommandError, EXIT } from './failure.ts';
import { print, tell } from './output.ts';
import { ask, isInteractive } from './prompt.ts';
import {
  appTokenFile,
  type ClientSettings,
  clientSecretFile,
  readClientSettings,
  SECRET_VARIABLE,
  secretOfEnvironment,
  type SharedOptions,
} from './settings.ts';
import { FRESH_SECONDS } from './times.ts';

/** Options of {@link appToken}. */
export interface AppTokenOptions extends SharedOptions {
  readonly keepSecret?: boolean;
}

/** Prints an access token of the app itself. Asks for the client secret only if a new token is needed. */
export async function appToken(options: AppTokenOptions, signal: AbortSignal): Promise<void> {
  const settings = await readClientSettings(options, EXIT.usage);
  const { clientId, servers, folder } = settings;
  const tokenCache = appTokenFile(settings);
  const cached = await tokenCache.forOrigin({ clientId, isApp: true }).get();
  const isUsable = cached && !cached.refreshToken && !isExpired(cached, FRESH_SECONDS);
  if (isUsable && !options.keepSecret) {
    print(cached.accessToken);
    return;
  }
  const clientSecret = await findSecret(settings, signal);
  const { ClientCredentials } = await import('../auth/clientCredentials.ts');
  if (!options.cache) await createFolder(folder);
  const auth = new ClientCredentials({
    clientId,
    clientSecret,
    endpoints: servers.accounts,
    tokenCache,
    expirySkewSeconds: FRESH_SECONDS,
  });
  try {
    // A new token shows that the secret is right before it is kept.
    if (options.keepSecret) await auth.renew();
    const accessToken = await auth.getAccessToken({ signal });
    if (options.keepSecret) await keepSecret(settings, clientSecret);
    print(accessToken);
  } catch (error) {
    throw isInvalidClient(error) ? wrongSecret(settings, error) : error;
  }
}

/** Returns the secret of the environment if it is that of the app, else the kept one, else the one that the user types. */
async function findSecret(settings: ClientSettings, signal: AbortSignal): Promise<string> {
  const given = secretOfEnvironment(settings);
  if (given) return given;
  const kept = (await readTokenFile(clientSecretFile(settings)))?.['client_secret'];
  if (isText(kept)) return kept;
  if (!isInteractive()) {
    throw new CommandError(
      'The client secret is needed.',
      EXIT.usage,
      `Set ${SECRET_VARIABLE} and SPOTIFY_SDK_CLIENT_ID, or run this in a terminal with --keep-secret once.`,
    );
  }
  const secret = await ask(`Client secret of ${settings.clientId} (not shown): `, {
    signal,
    isHidden: true,
  });
  if (secret) return secret;
  throw new CommandError('The client secret is empty.', EXIT.usage);
}

async function keepSecret(settings: ClientSettings, clientSecret: string): Promise<void> {
  await createFolder(settings.folder);
  const file = clientSecretFile(settings);
  await writeTokenFile(file, JSON.stringify({ client_secret: clientSecret }));
  tell(`The client secret is kept in ${file}. spotify-auth logout deletes it.`);
}

function wrongSecret(settings: ClientSettings, cause: unknown): CommandError {
  return new CommandError(
    'Spotify does not accept the client ID or the client secret.',
    EXIT.failure,
    `Compare them with the dashboard. To forget a kept secret, run: spotify-auth logout --client-id ${settings.clientId}`,
    { cause },
  );
}
