import * as vscode from 'vscode';
import { buildProvider } from './buildProvider.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { LazyLog } from './log.ts';
import { OnceAcrossWindows } from './sessions/onceAcrossWindows.ts';

/** Wiring only. Nothing is read before it is asked for, and the provider is there at once. */
export function activate(context: vscode.ExtensionContext): void {
  const { secrets, globalState, extension, globalStorageUri } = context;
  const log = new LazyLog();
  const once = new OnceAcrossWindows(folder(globalStorageUri, 'notices'));
  const sessionsFolder = folder(globalStorageUri, 'sessions');
  const built = buildProvider({ secrets, globalState, extension, sessionsFolder, once, log });
  context.subscriptions.push(
    log,
    built,
    built.environment.running.register(),
    registerCommands({ ...built, log }),
    vscode.window.registerUriHandler(built.links),
    vscode.authentication.registerAuthenticationProvider('spotify', 'Spotify', built.provider, {
      supportsMultipleAccounts: true,
    }),
  );
}

/** What all windows of this machine see; undefined where the storage is no folder. */
function folder(storage: vscode.Uri, name: string): string | undefined {
  return storage.scheme === 'file' ? vscode.Uri.joinPath(storage, name).fsPath : undefined;
}
