import * as vscode from 'vscode';
import { SpotifyAuthenticationProvider } from './authenticationProvider.ts';
import { spotifyServers } from './configuration.ts';
import { LazyLog } from './log.ts';
import { OnceAcrossWindows } from './sessions/onceAcrossWindows.ts';
import { RefreshLock } from './sessions/refreshLock.ts';
import { SessionMarks } from './sessions/sessionMarks.ts';
import { SessionRefresher } from './sessions/sessionRefresher.ts';
import { SessionStore } from './sessions/sessionStore.ts';
import { StorageMarker } from './sessions/storageMarker.ts';
import { editorEnvironment, editorFetch } from './signIn/editorEnvironment.ts';
import { InteractiveSignIn } from './signIn/interactiveSignIn.ts';
import { SessionNotices } from './signIn/sessionNotices.ts';

/** Wiring only. Nothing is read before it is asked for, and the provider is there at once. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new LazyLog();
  const servers = spotifyServers((message) => log.warn(message));
  const shared = sharedFolders(context.globalStorageUri);
  const marker = new StorageMarker(context.secrets, context.globalState);
  const store = new SessionStore(context.secrets, new SessionMarks(shared.sessions), marker, log);
  const signIn = new InteractiveSignIn(
    editorEnvironment(servers, context.extensionUri),
    store,
    log,
  );
  const once = new OnceAcrossWindows(shared.notices);
  const notices = new SessionNotices({ store, signIn, once, log });
  const refresher = new SessionRefresher({
    store,
    lock: new RefreshLock(shared.sessions),
    accounts: servers.accounts,
    fetch: editorFetch,
    log,
    onRefused: (session) => notices.refused(session),
  });
  store.watch(notices);
  const provider = new SpotifyAuthenticationProvider({ store, refresher, signIn, notices, log });
  context.subscriptions.push(
    log,
    store,
    provider,
    vscode.authentication.registerAuthenticationProvider('spotify', 'Spotify', provider, {
      supportsMultipleAccounts: true,
    }),
  );
}

/** What all windows of this machine see; nothing where the storage is no folder. */
function sharedFolders(storage: vscode.Uri): { sessions?: string; notices?: string } {
  if (storage.scheme !== 'file') return {};
  return {
    sessions: vscode.Uri.joinPath(storage, 'sessions').fsPath,
    notices: vscode.Uri.joinPath(storage, 'notices').fsPath,
  };
}
