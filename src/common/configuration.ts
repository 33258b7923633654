import * as vscode from 'vscode';
import { type Endpoints, endpointsAt, SPOTIFY_ACCOUNTS_URL } from '../auth/endpoints.ts';
import { environmentVariable } from '../auth/credentials.ts';
import { isLoopbackUrl } from '../auth/loopbackAddress.ts';
import { type Client, ownClient } from './client.ts';

/** Prefix of the settings of this extension. */
export const SECTION = 'spotify-authentication';

/** The addresses of Spotify’s servers, or of a test server. */
export interface SpotifyServers {
  readonly accounts: Endpoints;
  /** Origin of the Web API, no trailing slash. */
  readonly apiUrl: string;
}

/**
 * The client ID in the setting, or else in `SPOTIFY_SDK_CLIENT_ID`; undefined if neither has one.
 */
export function configuredClientId(): string | undefined {
  return configuredText('clientId') ?? environment('SPOTIFY_SDK_CLIENT_ID');
}

/** The app of {@link configuredClientId}; undefined if no client ID is configured. */
export function configuredClient(): Client | undefined {
  const id = configuredClientId();
  return id === undefined ? undefined : ownClient(id);
}

/** The name of the environment variable that contains the client secret of an app. */
export const CLIENT_SECRET_VARIABLE = 'SPOTIFY_SDK_CLIENT_SECRET';

/**
 * Returns `SPOTIFY_SDK_CLIENT_SECRET`. Undefined if it is not set, or if `SPOTIFY_SDK_CLIENT_ID`
 * names another app than `clientId`.
 */
export function clientSecretOfEnvironment(clientId: string): string | undefined {
  const isOfOtherApp = (environment('SPOTIFY_SDK_CLIENT_ID') ?? clientId) !== clientId;
  return isOfOtherApp ? undefined : environment(CLIENT_SECRET_VARIABLE);
}

/** The place in which the client ID is configured. */
export type ClientIdSource = 'settings' | 'environment';

/** Returns the place in which the client ID is configured; undefined if none is configured. */
export function clientIdSource(): ClientIdSource | undefined {
  if (configuredText('clientId')) return 'settings';
  return environment('SPOTIFY_SDK_CLIENT_ID') ? 'environment' : undefined;
}

/**
 * The name of a flow. A flow is a way by which the browser gets from Spotify’s page back to the
 * editor.
 */
export type FlowName = 'loopback' | 'editorLink' | 'relay' | 'paste';
export type SignInFlow = FlowName | 'auto';

const SIGN_IN_FLOWS: readonly unknown[] = ['loopback', 'editorLink', 'relay', 'paste'];

/** The flow in the setting; `auto` if the setting contains none. */
export function configuredSignInFlow(): SignInFlow {
  const setting = vscode.workspace.getConfiguration(SECTION).get<unknown>('signInFlow');
  return SIGN_IN_FLOWS.includes(setting) ? (setting as FlowName) : 'auto';
}

/**
 * The redirect URI in the setting, or else in `SPOTIFY_SDK_REDIRECT_URI`; undefined if neither has
 * one.
 */
export function configuredRedirectUri(): string | undefined {
  return configuredText('redirectUri') ?? environment('SPOTIFY_SDK_REDIRECT_URI');
}

/**
 * Whether the settings allow the Accounts menu to offer a sign-in before an extension requests one.
 */
export function isSignInOffered(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<unknown>('offerSignIn') !== false;
}

/** Stores the client ID in the user’s settings. */
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

/** Spotify’s own servers. */
export const SPOTIFY: SpotifyServers = {
  accounts: endpointsAt(SPOTIFY_ACCOUNTS_URL),
  apiUrl: 'https://api.spotify.com',
};

/**
 * Returns Spotify’s servers, or the test servers in `SPOTIFY_SDK_ACCOUNTS_URL` and
 * `SPOTIFY_SDK_API_URL`. A test server must have a loopback IP literal as its host. Any other value
 * is ignored, and `warn` is called. So no environment variable can send codes or tokens to another
 * computer.
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
