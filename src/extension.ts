import * as vscode from 'vscode';
import { buildProvider } from './buildProvider.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { LazyLog } from './log.ts';
import { SignInOffer } from './offerSignIn.ts';
import { OtherProviders } from './otherProviders.ts';
import { OnceAcrossWindows } from './sessions/onceAcrossWindows.ts';

const { registerAuthenticationProvider } = vscode.authentication;

/** Wiring only. The provider is there at once; then the Accounts menu offers to sign in. */
export function activate(context: vscode.ExtensionContext): void {
  const { secrets, globalState, extension, globalStorageUri } = context;
  const log = new LazyLog();
  const once = new OnceAcrossWindows(folder(globalStorageUri, 'notices'));
  const sessionsFolder = folder(globalStorageUri, 'sessions');
  const built = buildProvider({ secrets, globalState, extension, sessionsFolder, once, log });
  const offer = new SignInOffer(built.store, log);
  context.subscriptions.push(
    log,
    offer,
    built,
    built.environment.running.register(),
    registerCommands({ ...built, log }),
    vscode.window.registerUriHandler(built.links),
    registerAuthenticationProvider('spotify', 'Spotify', built.provider, {
      supportsMultipleAccounts: true,
    }),
    registerAuthenticationProvider('spotify-app', 'Spotify (app)', built.app.provider),
    new OtherProviders({ id: extension.id, provider: built.provider, once, log }),
  );
  void offer.make();
}

/** What all windows of this machine see; undefined where the storage is no folder. */
function folder(storage: vscode.Uri, name: string): string | undefined {
  return storage.scheme === 'file' ? vscode.Uri.joinPath(storage, name).fsPath : undefined;
}
