import type * as vscode from 'vscode';
import { AppAuthenticationProvider } from './appTokens/appAuthenticationProvider.ts';
import { AppSessions } from './appTokens/appSessions.ts';
import { AppTokenSource } from './appTokens/appTokenSource.ts';
import { ClientSecrets } from './appTokens/clientSecrets.ts';
import { SpotifyAuthenticationProvider } from './authenticationProvider.ts';
import { spotifyServers, type SpotifyServers } from './configuration.ts';
import type { ShownLog } from './log.ts';
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
  readonly log: ShownLog;
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
  readonly app: BuiltApp;
}

/** What gives out the tokens of the person's app itself. */
export interface BuiltApp extends vscode.Disposable {
  readonly provider: AppAuthenticationProvider;
  readonly sessions: AppSessions;
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
  const app = buildApp({ secrets, servers, setUp, log });
  const dispose = () => {
    app.dispose();
    provider.dispose();
    store.dispose();
  };
  return { provider, store, refresher, signIn, environment, links, secretsCheck, app, dispose };
}

function buildApp(options: {
  readonly secrets: vscode.SecretStorage;
  readonly servers: SpotifyServers;
  readonly setUp: ClientIdSetUp;
  readonly log: ShownLog;
}): BuiltApp {
  const { servers, setUp, log } = options;
  const secrets = new ClientSecrets(options.secrets);
  const tokens = new AppTokenSource(servers.accounts, editorFetch);
  const sessions = new AppSessions({ secrets, tokens, setUp, log });
  const provider = new AppAuthenticationProvider(sessions, secrets, log);
  const dispose = () => {
    provider.dispose();
    secrets.dispose();
  };
  return { provider, sessions, dispose };
}
