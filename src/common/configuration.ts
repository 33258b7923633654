import * as vscode from 'vscode';
import { environmentVariable, mayUseEnvironmentSecret } from '../auth/credentials.ts';
import { type Client, ownClient } from './client.ts';

/** Prefix of the settings of this extension. */
export const SECTION = 'spotify-authentication';

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

/** The name of the environment variable with the address of a test server. */
export const ACCOUNTS_VARIABLE = 'SPOTIFY_SDK_ACCOUNTS_URL';

/** The name of the environment variable that contains the client secret of an app. */
export const CLIENT_SECRET_VARIABLE = 'SPOTIFY_SDK_CLIENT_SECRET';

/**
 * Returns `SPOTIFY_SDK_CLIENT_SECRET`; undefined if it is not set or {@link mayUseEnvironmentSecret} says
 * that it is not for this app.
 * @param testServer Origin of the test server; undefined for Spotify.
 */
export function clientSecretOfEnvironment(
  clientId: string,
  testServer?: string,
): string | undefined {
  const named = environment('SPOTIFY_SDK_CLIENT_ID');
  const isOfApp = mayUseEnvironmentSecret(clientId, named, testServer);
  return isOfApp ? environment(CLIENT_SECRET_VARIABLE) : undefined;
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

/** Turns {@link isSignInOffered} off in the user’s settings. */
export async function stopOffering(): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  await settings.update('offerSignIn', false, vscode.ConfigurationTarget.Global);
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
