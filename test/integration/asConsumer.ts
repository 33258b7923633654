import * as vscode from 'vscode';
import { saveClientId, SECTION } from '../../src/common/configuration.ts';
import type { App, Spotify } from '../spotify/index.ts';
import { signInFromAccountsMenu, signOut } from './signInRequest.ts';

export const SCOPES = ['user-read-private'];

/** Requests a session as an extension does that shows the user nothing. */
export function silently(
  scopes: readonly string[] = SCOPES,
): Thenable<vscode.AuthenticationSession | undefined> {
  return vscode.authentication.getSession('spotify', scopes, { silent: true });
}

export async function accountLabels(): Promise<string[]> {
  const accounts = await vscode.authentication.getAccounts('spotify');
  return accounts.map(({ label }) => label);
}

export async function signOutAllAccounts(): Promise<void> {
  for (const label of await accountLabels()) await signOut(label);
}

/**
 * Enters the client ID of a new app in the settings. Tests with failures need one, because the pause
 * after a failure belongs to a client ID.
 */
export async function useNewApp(spotify: Spotify): Promise<App> {
  const app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
  await saveClientId(app.clientId);
  return app;
}

/** Clears the client ID in the settings, so that the demo app of the environment is used again. */
export async function useDemoApp(): Promise<void> {
  await vscode.workspace
    .getConfiguration(SECTION)
    .update('clientId', undefined, vscode.ConfigurationTarget.Global);
}

/** Signs in and refreshes to a token of `lifetime` seconds. Returns the id of the session. */
export async function signInWithToken(spotify: Spotify, lifetime: number): Promise<string> {
  spotify.behaviour.expiresIn = 30;
  await signInFromAccountsMenu(SCOPES);
  spotify.behaviour.expiresIn = lifetime;
  const session = await silently();
  if (!session) throw new Error('The sign-in has left no session.');
  spotify.behaviour.expiresIn = 3600;
  spotify.requests.clear();
  return session.id;
}

/** A lifetime in seconds that is so short that the token has expired when it arrives. */
export const EXPIRED = 0.001;

/** Counts the session events that extensions receive from VS Code. */
export class HeardChanges implements Disposable {
  #count = 0;
  readonly #listener = vscode.authentication.onDidChangeSessions(({ provider }) => {
    if (provider.id === 'spotify') this.#count++;
  });

  /** The number so far, with the events that are still on their way. */
  async count(): Promise<number> {
    // This call goes to the window and back, after the events.
    await vscode.authentication.getAccounts('spotify');
    return this.#count;
  }

  [Symbol.dispose](): void {
    this.#listener.dispose();
  }
}
