import type * as vscode from 'vscode';
import { SpotifyAuthenticationProvider } from './authenticationProvider.ts';
import { spotifyServers } from './configuration.ts';
import type { Log } from './log.ts';
import type { OnceAcrossWindows } from './sessions/onceAcrossWindows.ts';
import { SecretsCheck } from './sessions/secretsCheck.ts';
import { RefreshLock } from './sessions/refreshLock.ts';
import { SessionMarks } from './sessions/sessionMarks.ts';
import { SessionRefresher } from './sessions/sessionRefresher.ts';
import { SessionStore } from './sessions/sessionStore.ts';
import { StorageMarker } from './sessions/storageMarker.ts';
import { ClientIdSetUp } from './setUp/clientIdSetUp.ts';
import { CallbackHandover } from './signIn/callbackHandover.ts';
import { CallbackLinks } from './signIn/callbackLinks.ts';
import { editorEnvironment, editorFetch } from './signIn/editorEnvironment.ts';
import type { GuidedEnvironment } from './signIn/guidedSignIn.ts';
import { InteractiveSignIn } from './signIn/interactiveSignIn.ts';
import { neededUris } from './signIn/neededUris.ts';
import { SessionNotices } from './signIn/sessionNotices.ts';

/** What the provider of one window is built on. */
export interface ProviderOptions {
  readonly secrets: vscode.SecretStorage;
  readonly globalState: vscode.Memento;
  readonly extension: Pick<vscode.Extension<unknown>, 'extensionUri' | 'extensionKind'>;
  /** A folder that all windows of this machine see; undefined where there is none. */
  readonly sessionsFolder: string | undefined;
  readonly once: OnceAcrossWindows;
  readonly log: Log & { show(): void };
}

/** The provider, and what else of it the editor has to know. */
export interface BuiltProvider extends vscode.Disposable {
  readonly provider: SpotifyAuthenticationProvider;
  readonly store: SessionStore;
  readonly refresher: SessionRefresher;
  readonly signIn: InteractiveSignIn;
  readonly environment: GuidedEnvironment;
  readonly links: CallbackLinks;
  readonly secretsCheck: SecretsCheck;
}

/** Makes the objects of one window and puts them together; reads, opens and registers nothing. */
export function buildProvider(options: ProviderOptions): BuiltProvider {
  const { secrets, globalState, extension, sessionsFolder, once, log } = options;
  const servers = spotifyServers((message) => log.warn(message));
  const marker = new StorageMarker(secrets, globalState);
  const store = new SessionStore(secrets, new SessionMarks(sessionsFolder), marker, log);
  const links = new CallbackLinks(new CallbackHandover(secrets, log), log);
  const setUp = new ClientIdSetUp({
    memory: globalState,
    accounts: servers.accounts,
    fetch: editorFetch,
    neededUris: async () => neededUris(await environment.survey()),
    log,
  });
  const { extensionUri, extensionKind } = extension;
  const environment = editorEnvironment({ servers, extensionUri, extensionKind, links, setUp });
  const signIn = new InteractiveSignIn(environment, store, log);
  const notices = new SessionNotices({ store, signIn, once, log });
  const refresher = new SessionRefresher({
    store,
    lock: new RefreshLock(sessionsFolder),
    accounts: servers.accounts,
    fetch: editorFetch,
    log,
    onRefused: (session) => notices.refused(session),
  });
  store.watch(notices);
  const provider = new SpotifyAuthenticationProvider({ store, refresher, signIn, notices, log });
  const secretsCheck = new SecretsCheck(secrets, globalState, marker);
  const dispose = () => {
    provider.dispose();
    store.dispose();
  };
  return { provider, store, refresher, signIn, environment, links, secretsCheck, dispose };
}
