import * as vscode from 'vscode';
import { type Endpoints, endpointsAt, SPOTIFY_ACCOUNTS_URL } from '../auth/endpoints.ts';
import { environmentVariable } from '../auth/credentials.ts';
import { isLoopbackUrl } from '../auth/loopbackAddress.ts';
import { type Client, ownClient } from './client.ts';

/** Prefix of our settings. */
export const SECTION = 'spotify-authentication';

/** Which servers play Spotify. */
export interface SpotifyServers {
  readonly accounts: Endpoints;
  /** Origin of the Web API, no trailing slash. */
  readonly apiUrl: string;
}

/** The client ID of the setting, else of `SPOTIFY_SDK_CLIENT_ID`, else undefined. */
export function configuredClientId(): string | undefined {
  return configuredText('clientId') ?? environment('SPOTIFY_SDK_CLIENT_ID');
}

/** The same as a client. */
export function configuredClient(): Client | undefined {
  const id = configuredClientId();
  return id === undefined ? undefined : ownClient(id);
}

/** Where the environment has the client secret of an app. */
export const CLIENT_SECRET_VARIABLE = 'SPOTIFY_SDK_CLIENT_SECRET';

/** The client secret of the environment, unless the environment names another app than this beside it. */
export function clientSecretOfEnvironment(clientId: string): string | undefined {
  const isOfOther = (environment('SPOTIFY_SDK_CLIENT_ID') ?? clientId) !== clientId;
  return isOfOther ? undefined : environment(CLIENT_SECRET_VARIABLE);
}

/** Where the client ID comes from that is used. */
export type ClientIdSource = 'settings' | 'environment';

export function clientIdSource(): ClientIdSource | undefined {
  if (configuredText('clientId')) return 'settings';
  return environment('SPOTIFY_SDK_CLIENT_ID') ? 'environment' : undefined;
}

/** The ways back from Spotify's page to the editor. */
export type FlowName = 'loopback' | 'editorLink' | 'relay' | 'paste';
export type SignInFlow = FlowName | 'auto';

const SIGN_IN_FLOWS: readonly unknown[] = ['loopback', 'editorLink', 'relay', 'paste'];

/** The flow that is to be used whatever the place; `auto` for every other value of the setting. */
export function configuredSignInFlow(): SignInFlow {
  const setting = vscode.workspace.getConfiguration(SECTION).get<unknown>('signInFlow');
  return SIGN_IN_FLOWS.includes(setting) ? (setting as FlowName) : 'auto';
}

/** The redirect URI of the setting, else of `SPOTIFY_SDK_REDIRECT_URI`, else undefined. */
export function configuredRedirectUri(): string | undefined {
  return configuredText('redirectUri') ?? environment('SPOTIFY_SDK_REDIRECT_URI');
}

/** Whether the Accounts menu offers to sign in before an extension asks. */
export function isSignInOffered(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<unknown>('offerSignIn') !== false;
}

/** Keeps the client ID in the user's settings. */
export async function saveClientId(clientId: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  await settings.update('clientId', clientId, vscode.ConfigurationTarget.Global);
}

function configuredText(name: string): string | undefined {
  const setting = vscode.workspace.getConfiguration(SECTION).get<unknown>(name);
  return (typeof setting === 'string' && setting.trim()) || undefined;
}

function environment(variable: string): string | undefined {
  return environmentVariable(variable)?.trim() || undefined;
}

/** The real ones. */
export const SPOTIFY: SpotifyServers = {
  accounts: endpointsAt(SPOTIFY_ACCOUNTS_URL),
  apiUrl: 'https://api.spotify.com',
};

/**
 * Spotify, unless `SPOTIFY_SDK_ACCOUNTS_URL` or `SPOTIFY_SDK_API_URL` names a test server. Only a
 * loopback IP literal is honoured: whoever sets our environment must not get codes or tokens sent
 * elsewhere. `warn` is told of any other value.
 */
export function spotifyServers(warn: (message: string) => void): SpotifyServers {
  const accountsUrl = testServer('SPOTIFY_SDK_ACCOUNTS_URL', warn);
  return {
    accounts: accountsUrl === undefined ? SPOTIFY.accounts : endpointsAt(accountsUrl),
    apiUrl: testServer('SPOTIFY_SDK_API_URL', warn) ?? SPOTIFY.apiUrl,
  };
}

function testServer(variable: string, warn: (message: string) => void): string | undefined {
  const url = environmentVariable(variable);
  if (!url) return undefined;
  if (URL.canParse(url) && /^https?:/i.test(url) && isLoopbackUrl(url)) return new URL(url).origin;
  warn(`${variable} is ignored: it is not an http(s) address of a loopback IP literal.`);
  return undefined;
}
