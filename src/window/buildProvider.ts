import type * as vscode from 'vscode';
import { AppAuthenticationProvider } from '../appTokens/appAuthenticationProvider.ts';
import type { AppSessions } from '../appTokens/appSessions.ts';
import { ClientSecrets } from '../appTokens/clientSecrets.ts';
import { defaultFetch } from '../auth/globalFetch.ts';
import { SpotifyAuthenticationProvider } from '../provider/authenticationProvider.ts';
import type { CommandName } from '../commands/commandNames.ts';
import { spotifyServers, type SpotifyServers } from '../common/configuration.ts';
import type { ExtensionHost } from './extensionHost.ts';
import type { ShownLog } from '../common/log.ts';
import { SessionRefresher } from '../sessions/sessionRefresher.ts';
import { SessionStore } from '../sessions/sessionStore.ts';
import { StorageMarker } from '../sessions/storageMarker.ts';
import { CallbackHandover } from '../flows/callbackHandover.ts';
import { CallbackUriHandler } from '../flows/callbackUriHandler.ts';
import type { InteractiveSignIn } from '../signIn/interactiveSignIn.ts';
import { SessionNotices } from '../provider/sessionNotices.ts';

/** What a person deals with, in one window. */
export interface Interaction {
  readonly signIn: InteractiveSignIn;
  readonly appSessions: AppSessions;
  /** The person is told of a failure. */
  readonly runCommand: (name: CommandName, args: readonly unknown[]) => Promise<unknown>;
}

/** What the provider of one window is built on. */
export interface WindowOptions {
  readonly host: ExtensionHost;
  readonly globalState: vscode.Memento;
  readonly log: ShownLog;
  /** Makes what a person deals with, when there is somebody. */
  readonly interact: (built: BuiltProvider) => Promise<Interaction>;
}

/** The provider, and what else of it the editor has to know. */
export interface BuiltProvider extends vscode.Disposable, Omit<WindowOptions, 'interact'> {
  readonly servers: SpotifyServers;
  readonly provider: SpotifyAuthenticationProvider;
  readonly appProvider: AppAuthenticationProvider;
  readonly clientSecrets: ClientSecrets;
  readonly store: SessionStore;
  readonly marker: StorageMarker;
  readonly refresher: SessionRefresher;
  readonly links: CallbackUriHandler;
  /** The same for all callers; after a rejection, made anew. */
  readonly interaction: () => Promise<Interaction>;
}

/** Makes the objects of one window and puts them together; reads, opens and registers nothing. */
export function buildProvider(options: WindowOptions): BuiltProvider {
  const { host, globalState, log, interact } = options;
  const { secrets, revisions, lock, storesSuspensions, claims } = host;
  const servers = spotifyServers((message) => log.warn(message));
  const marker = new StorageMarker(secrets, globalState);
  const store = new SessionStore(secrets, revisions, marker, log);
  const links = new CallbackUriHandler(new CallbackHandover(secrets, log), log);
  const interaction = onceMade(() => interact(built));
  const signIn: Pick<Interaction['signIn'], 'run' | 'forProvider'> = {
    run: async (...wish) => (await interaction()).signIn.run(...wish),
    forProvider: async (wish) => (await interaction()).signIn.forProvider(wish),
  };
  const notices = new SessionNotices({ store, signIn, claims, log });
  const refresher = new SessionRefresher({
    ...{ store, lock, storesSuspensions, log, accounts: servers.accounts, fetch: defaultFetch },
    onRefused: (session) => notices.refused(session),
  });
  store.watch(notices);
  const provider = new SpotifyAuthenticationProvider({ store, refresher, signIn, notices, log });
  const clientSecrets = new ClientSecrets(secrets);
  const appSessions = async () => (await interaction()).appSessions;
  const appProvider = new AppAuthenticationProvider(appSessions, clientSecrets, log);
  const dispose = () => {
    for (const one of [appProvider, clientSecrets, provider, store]) one.dispose();
  };
  const built: BuiltProvider = {
    ...{ host, globalState, log, servers, provider, appProvider, clientSecrets },
    ...{ store, marker, refresher, links, interaction, dispose },
  };
  return built;
}

/** What `make` has made, for every caller. */
function onceMade<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
