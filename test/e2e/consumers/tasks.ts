import * as vscode from 'vscode';
import { adapterTasks } from './adapterTasks.ts';

let changes = 0;
const asking: vscode.Disposable[] = [];
const { now } = Date;

/** Begins to count VS Code’s events about Spotify’s sessions. */
export function watchChanges(): vscode.Disposable {
  return vscode.authentication.onDidChangeSessions(({ provider }) => {
    if (provider.id === 'spotify') changes++;
  });
}

/** The tasks of a consumer. Arguments and values pass through JSON. */
export const tasks = {
  ...adapterTasks,

  getSession: (
    request: readonly string[] | vscode.AuthenticationWwwAuthenticateRequest,
    options?: vscode.AuthenticationGetSessionOptions,
  ) => vscode.authentication.getSession('spotify', request, options),

  /** Requests a session of the app itself, without a user. */
  getAppSession: (options?: vscode.AuthenticationGetSessionOptions) =>
    vscode.authentication.getSession('spotify-app', [], options),

  /** Enters a client ID in the user settings. */
  setClientId: async (clientId: string) => {
    const settings = vscode.workspace.getConfiguration('spotify-authentication');
    await settings.update('clientId', clientId, vscode.ConfigurationTarget.Global);
  },

  /** Changes a user setting. */
  setSetting: async (name: string, value: unknown) => {
    const { Global } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration().update(name, value, Global);
  },

  activateExtension: async (id: string) => {
    await vscode.extensions.getExtension(id)?.activate();
  },

  /** The names of the tools of all extensions and MCP servers. */
  toolNames: () => vscode.lm.tools.map(({ name }) => name),

  /** Invokes a tool outside of a chat, and returns the text of its result. */
  invokeTool: async (name: string, input: object) => {
    const options = { input, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool(name, options);
    return content
      .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
      .join('');
  },

  getAccounts: () => vscode.authentication.getAccounts('spotify'),

  /** Returns the number of events, including those that VS Code has sent but not yet delivered. */
  countChanges: async () => {
    // The call goes to the window, and its answer arrives after the events sent before it.
    await vscode.authentication.getAccounts('spotify');
    return changes;
  },

  /** Requests a session silently at every event from now on, as extensions do. */
  askAtChanges: (scopes: readonly string[]) => {
    asking.push(
      vscode.authentication.onDidChangeSessions(() =>
        vscode.authentication.getSession('spotify', scopes, { silent: true }),
      ),
    );
  },

  /** Requests the profile of the token’s user from https://api.spotify.com. */
  fetchProfile: async (accessToken: string) => {
    const response = await fetch('https://api.spotify.com/v1/me', {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    return { status: response.status, body: (await response.json()) as { display_name?: string } };
  },

  /** Requests a path of https://api.spotify.com, and returns the HTTP status. */
  fetchStatus: async (path: string, accessToken: string) => {
    const headers = { Authorization: `Bearer ${accessToken}` };
    return (await fetch(`https://api.spotify.com${path}`, { headers })).status;
  },

  /** Runs a command of VS Code or of another extension. */
  runCommand: async (id: string, ...args: readonly unknown[]) => {
    await vscode.commands.executeCommand(id, ...args);
  },

  readClipboard: () => vscode.env.clipboard.readText(),

  /** Moves the clock of all extensions in this extension host. */
  advanceClock: (seconds: number) => {
    const before = Date.now;
    Date.now = () => before() + seconds * 1000;
  },

  /** Undoes the effects of other tasks: the moved clock, the listeners, and the adapters. */
  forget: () => {
    Date.now = now;
    for (const listener of asking.splice(0)) listener.dispose();
    adapterTasks.forgetAdapters();
  },

  /** Returns the types of two globals in which the two kinds of extension host differ. */
  globalTypes: () => ({
    process: typeof process,
    WorkerGlobalScope: typeof (globalThis as Record<string, unknown>)['WorkerGlobalScope'],
  }),
};

export type Tasks = typeof tasks;
