import * as vscode from 'vscode';
import { SpotifyAuthenticationProvider } from './authenticationProvider.ts';
import { spotifyServers } from './configuration.ts';
import { LazyLog } from './log.ts';
import { SessionRefresher } from './sessions/sessionRefresher.ts';
import { SessionStore } from './sessions/sessionStore.ts';
import { editorEnvironment, editorFetch } from './signIn/editorEnvironment.ts';
import { InteractiveSignIn } from './signIn/interactiveSignIn.ts';

/** Wiring only. Nothing is read before it is asked for, and the provider is there at once. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new LazyLog();
  const servers = spotifyServers((message) => log.warn(message));
  const store = new SessionStore(context.secrets, log);
  const provider = new SpotifyAuthenticationProvider({
    store,
    refresher: new SessionRefresher(store, servers.accounts, editorFetch),
    signIn: new InteractiveSignIn(editorEnvironment(servers, context.extensionUri), store, log),
    log,
  });
  context.subscriptions.push(
    log,
    store,
    provider,
    vscode.authentication.registerAuthenticationProvider('spotify', 'Spotify', provider, {
      supportsMultipleAccounts: true,
    }),
  );
}
