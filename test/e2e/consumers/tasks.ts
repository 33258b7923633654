import * as vscode from 'vscode';
import { adapterTasks } from './adapterTasks.ts';

let changes = 0;
const asking: vscode.Disposable[] = [];
const { now } = Date;

/** Begins to count what VS Code tells of Spotify's sessions. */
export function watchChanges(): vscode.Disposable {
  return vscode.authentication.onDidChangeSessions(({ provider }) => {
    if (provider.id === 'spotify') changes++;
  });
}

/** What a consumer can be told to do. Arguments and values pass through JSON. */
export const tasks = {
  ...adapterTasks,

  getSession: (
    request: readonly string[] | vscode.AuthenticationWwwAuthenticateRequest,
    options?: vscode.AuthenticationGetSessionOptions,
  ) => vscode.authentication.getSession('spotify', request, options),

  /** Of the app itself, without a user. */
  getAppSession: (options?: vscode.AuthenticationGetSessionOptions) =>
    vscode.authentication.getSession('spotify-app', [], options),

  getAccounts: () => vscode.authentication.getAccounts('spotify'),

  /** How many changes it has heard of; one that is on its way is waited for. */
  countChanges: async () => {
    // Goes to the window and back, behind the events.
    await vscode.authentication.getAccounts('spotify');
    return changes;
  },

  /** From now on it asks silently at every change, as extensions do. */
  askAtChanges: (scopes: readonly string[]) => {
    asking.push(
      vscode.authentication.onDidChangeSessions(() =>
        vscode.authentication.getSession('spotify', scopes, { silent: true }),
      ),
    );
  },

  /** Asks Spotify, by its real name, whose token this is. */
  fetchProfile: async (accessToken: string) => {
    const response = await fetch('https://api.spotify.com/v1/me', {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    return { status: response.status, body: (await response.json()) as { display_name?: string } };
  },

  /** Asks Spotify's Web API, by its real name, and says what came. */
  fetchStatus: async (path: string, accessToken: string) => {
    const headers = { Authorization: `Bearer ${accessToken}` };
    return (await fetch(`https://api.spotify.com${path}`, { headers })).status;
  },

  /** Moves the time of every extension in its host. */
  advanceClock: (seconds: number) => {
    const before = Date.now;
    Date.now = () => before() + seconds * 1000;
  },

  /** Undoes what other tasks have left: the time, what it does at changes, and the adapters. */
  forget: () => {
    Date.now = now;
    for (const listener of asking.splice(0)) listener.dispose();
    adapterTasks.forgetAdapters();
  },

  /** Of the globals by which the two kinds of extension host differ, their types. */
  globalTypes: () => ({
    process: typeof process,
    WorkerGlobalScope: typeof (globalThis as Record<string, unknown>)['WorkerGlobalScope'],
  }),
};

export type Tasks = typeof tasks;
