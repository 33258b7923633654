import { AuthorizationCode } from '../auth/authorizationCode.ts';
import { checkRedirectUri } from '../auth/authorizationUrl.ts';
import { authorizeLocal } from '../auth/node/authorizeLocal.ts';
import { isBrowserOff, isHeadless } from '../auth/node/openBrowser.ts';
import { normalizeScopes } from '../auth/scopes.ts';
import { SPOTIFY_SCOPES } from '../auth/spotifyScopes.ts';
import { InMemoryTokenCache, type TokenInfo } from '../auth/tokenInfo.ts';
import { type Account, fetchAccount } from './account.ts';
import { createFolder } from './configurationFolder.ts';
import { CommandError, EXIT } from './failure.ts';
import { askForClientId } from './guide.ts';
import { coloured, tell, visible, warn } from './output.ts';
import { isInteractive } from './prompt.ts';
import {
  cacheAt,
  type ClientSettings,
  loginCommand,
  readSettings,
  rememberSignIn,
  secretOfEnvironment,
  type SharedOptions,
  userTokenCache,
  userTokenFile,
} from './settings.ts';
import { consentEnd, moment } from './times.ts';
import { checkTokenPath } from './tokenPath.ts';
import { inTurn } from './tokenLock.ts';

/** How long the user has for the browser, in milliseconds. */
const TIMEOUT_MS = 300_000;

/** Without a terminal the user cannot paste the address on which another machine’s browser ends. */
const NO_TERMINAL =
  'Open the address on this machine. To use another one, run this in a terminal, and paste the answer.';

/** Options of {@link login}. */
export interface LoginOptions extends SharedOptions {
  readonly scope?: string[];
  readonly redirectUri?: string;
  /** False for `--no-browser`. */
  readonly browser: boolean;
  readonly showDialog?: boolean;
}

/**
 * Signs the user in, and stores the tokens when Spotify has said whose they are. Until then an earlier
 * sign-in stays as it is. Asks for the scopes of the earlier sign-in, too.
 */
export async function login(options: LoginOptions, signal: AbortSignal): Promise<void> {
  if (options.cache) await checkTokenPath(cacheAt(options.cache).path);
  const found = await readSettings(options);
  // Before the user is told to register it.
  checkRedirectUri(found.redirectUri, found.servers.accounts.authorize);
  const clientId = found.clientId ?? (await askForClientId(found, signal));
  const settings: ClientSettings = { ...found, clientId };
  if (!options.cache) await checkTokenPath(userTokenFile(settings).path);
  const cache = userTokenCache(settings);
  const earlier = await cache.get();
  const scopes = new Set([...normalizeScopes(earlier?.scope), ...wantedScopes(options)]);
  const tokenCache = new InMemoryTokenCache();
  const auth = new AuthorizationCode({
    clientId,
    clientSecret: secretOfEnvironment(settings) ?? null,
    redirectUri: settings.redirectUri,
    endpoints: settings.servers.accounts,
    scope: [...scopes],
    tokenCache,
  });
  const signedIn = await signIn(auth, settings, options, signal);
  const account = await accountOf(auth, settings, signal);
  // The request for the account may have renewed the token.
  const token = tokenCache.get() ?? signedIn;
  if (!options.cache) await createFolder(settings.folder);
  // A refresh of the earlier sign-in must not be stored after this one.
  await inTurn(userTokenFile(settings).path, async () => cache.set(token), signal);
  if (!options.cache) await rememberSignIn(settings);
  tellResult(token, account, settings);
}

function wantedScopes({ scope }: LoginOptions): string[] {
  const scopes = normalizeScopes(scope?.join(' '));
  const unknown = scopes.filter((name) => !(SPOTIFY_SCOPES as readonly string[]).includes(name));
  if (unknown.length > 0) {
    warn(`Spotify may answer “Illegal scope”, since it does not document ${unknown.join(' ')}.`);
  }
  return scopes;
}

async function signIn(
  auth: AuthorizationCode,
  { redirectUri }: ClientSettings,
  { browser, showDialog }: LoginOptions,
  signal: AbortSignal,
): Promise<TokenInfo> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signedIn = authorizeLocal(auth, {
    openBrowser: browser,
    showDialog,
    signal: AbortSignal.any([signal, timeout]),
    timeoutMs: Infinity,
    paste: browser || !isInteractive() ? 'auto' : true,
    authorizationUrlHandler: (url) => {
      tell(invitation(browser));
      tell(`\n  ${coloured('bold', url)}\n`);
      tell(`If Spotify shows “Invalid redirect URI”, add ${redirectUri} to your app.`);
      if (!isInteractive() && !isOpened(browser)) tell(NO_TERMINAL);
      tell('Waiting for your answer in the browser, five minutes at most. Ctrl-C cancels.');
    },
  });
  return signedIn.catch((error: unknown) => {
    if (error !== timeout.reason) throw error;
    throw new CommandError('The sign-in was not completed within five minutes.', EXIT.failure);
  });
}

/** Whether the user most likely sees a browser that this program opens. */
const isOpened = (browser: boolean) => browser && !isBrowserOff() && !isHeadless();

/** Returns the sentence before the address. */
function invitation(browser: boolean): string {
  if (!browser || isBrowserOff()) return 'Open this address to sign in to Spotify:';
  if (isHeadless()) return 'If no browser opens, open this address to sign in to Spotify:';
  return 'Opening Spotify in your browser. If it does not open, open this address:';
}

/** Undefined if Spotify cannot be asked now: the sign-in itself has succeeded. */
async function accountOf(
  auth: AuthorizationCode,
  settings: ClientSettings,
  signal: AbortSignal,
): Promise<Account | undefined> {
  try {
    const { servers } = settings;
    return await fetchAccount({ provider: auth, servers, signal }, loginCommand(settings));
  } catch (error) {
    if (signal.aborted || error instanceof CommandError) throw error;
    warn(`The name of the account is unknown. ${String(error)}`);
    return undefined;
  }
}

function tellResult(token: TokenInfo, account: Account | undefined, { servers }: ClientSettings) {
  const name = account ? ` as ${coloured('bold', account.name)}` : '';
  tell(`${coloured('green', 'Signed in')}${name}${servers.testServer ? ' (test server)' : ''}.`);
  const scopes = normalizeScopes(token.scope).join(' ') || 'none';
  tell(`Scopes: ${visible(scopes)}`);
  const end = consentEnd(token);
  if (end) tell(`The consent ends ${moment(end)}. Then sign in again.`);
}
