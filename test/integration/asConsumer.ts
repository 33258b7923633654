import * as vscode from 'vscode';
import { saveClientId, SECTION } from '../../src/common/configuration.ts';
import type { App, Spotify } from '../spotify/index.ts';
import { signInFromAccountsMenu, signOut } from './signInRequest.ts';

export const SCOPES = ['user-read-private'];

/** What an extension gets that asks without disturbing anybody. */
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

/** Another app in the settings: pauses after a failure belong to a client ID. */
export async function useNewApp(spotify: Spotify): Promise<App> {
  const app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
  await saveClientId(app.clientId);
  return app;
}

/** The app of the environment again. */
export async function useDemoApp(): Promise<void> {
  await vscode.workspace
    .getConfiguration(SECTION)
    .update('clientId', undefined, vscode.ConfigurationTarget.Global);
}

/** Signs in and leaves a token of `lifetime` seconds, which no clock of ours has to outlive. */
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

/** Old before it arrives. */
export const EXPIRED = 0.001;

/** How often consumers hear that something has changed. */
export class HeardChanges implements Disposable {
  #count = 0;
  readonly #listener = vscode.authentication.onDidChangeSessions(({ provider }) => {
    if (provider.id === 'spotify') this.#count++;
  });

  /** The number so far; an event on its way is waited for. */
  async count(): Promise<number> {
    // Goes to the window and back, behind the events.
    await vscode.authentication.getAccounts('spotify');
    return this.#count;
  }

  [Symbol.dispose](): void {
    this.#listener.dispose();
  }
}
