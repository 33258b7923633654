import { normalizeScopes } from '../auth/scopes.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import { type Account, fetchAccount } from './account.ts';
import { CommandError, EXIT } from './failure.ts';
import { print, visible, warn } from './output.ts';
import {
  type ClientSettings,
  loginCommand,
  readClientSettings,
  type SharedOptions,
  userTokenFile,
} from './settings.ts';
import { consentEnd, moment } from './times.ts';
import { UserToken } from './userToken.ts';

/** Options of {@link status}. */
export interface StatusOptions extends SharedOptions {
  readonly json?: boolean;
}

/** Prints who is signed in, after asking Spotify, which may refresh the token. */
export async function status(options: StatusOptions, signal: AbortSignal): Promise<void> {
  const settings = await readClientSettings(options);
  const user = new UserToken(settings, signal);
  const account = await accountOf(user, settings, signal);
  const token = await user.stored();
  print(options.json ? asJson(settings, token, account) : asTable(settings, token, account));
}

/** Undefined if Spotify cannot be asked now. @throws CommandError if no user is signed in. */
async function accountOf(user: UserToken, settings: ClientSettings, signal: AbortSignal) {
  const { servers } = settings;
  await user.stored();
  try {
    return await fetchAccount({ provider: user, servers, signal }, loginCommand(settings));
  } catch (error) {
    if (signal.aborted || (error instanceof CommandError && error.exitCode === EXIT.signInNeeded)) {
      throw error;
    }
    warn(`Spotify does not say who is signed in. ${error instanceof Error ? error.message : ''}`);
    return undefined;
  }
}

function asTable(settings: ClientSettings, token: TokenInfo, account: Account | undefined): string {
  const end = consentEnd(token);
  const { testServer } = settings.servers;
  const rows = {
    Account: account ? `${account.name} (${account.id})` : 'unknown',
    'Client ID': settings.clientId,
    Scopes: normalizeScopes(token.scope).join(' ') || 'none',
    'Access token': `ends ${moment(new Date(token.expiresAt * 1000))}`,
    Consent: end ? `ends ${moment(end)}` : 'ends six months after the sign-in',
    File: userTokenFile(settings).path,
    ...(testServer && { Server: `${testServer}, a test server` }),
  };
  const lines = Object.entries(rows).map(
    ([name, value]) => `${`${name}:`.padEnd(14)}${visible(value)}`,
  );
  return lines.join('\n');
}

function asJson(settings: ClientSettings, token: TokenInfo, account: Account | undefined): string {
  const report = {
    account: account ?? null,
    client_id: settings.clientId,
    scopes: normalizeScopes(token.scope),
    access_token_ends_at: new Date(token.expiresAt * 1000).toISOString(),
    consent_ends_at: consentEnd(token)?.toISOString() ?? null,
    file: userTokenFile(settings).path,
  };
  return JSON.stringify(report, null, 2);
}
