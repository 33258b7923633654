import type * as vscode from 'vscode';
import { AppAuthenticationProvider } from '../appTokens/appAuthenticationProvider.ts';
import { AppSessions } from '../appTokens/appSessions.ts';
import { AppTokenSource } from '../appTokens/appTokenSource.ts';
import { ClientSecrets } from '../appTokens/clientSecrets.ts';
import { defaultFetch as fetch } from '../auth/globalFetch.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import type { ShownLog } from '../common/log.ts';
import { keyAt } from '../common/testServer.ts';
import { SecretsCheck } from '../diagnosis/secretsCheck.ts';
import { CallbackHandover } from '../flows/callbackHandover.ts';
import { CallbackUriHandler } from '../flows/callbackUriHandler.ts';
import { neededUris } from '../flows/neededUris.ts';
import { SpotifyAuthenticationProvider } from '../provider/authenticationProvider.ts';
import { SessionNotices } from '../provider/sessionNotices.ts';
import { AccountHistory } from '../sessions/accountHistory.ts';
import { SessionRefresher } from '../sessions/sessionRefresher.ts';
import { SessionStore } from '../sessions/sessionStore.ts';
import { StorageMarker } from '../sessions/storageMarker.ts';
import { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import { signInEnvironment } from '../signIn/signInEnvironment.ts';
import { SignInRequests } from '../signIn/signInRequests.ts';
import type { ExtensionHost } from './extensionHost.ts';

/** Options of {@link buildProvider}. */
export interface WindowOptions {
  readonly host: ExtensionHost;
  readonly globalState: vscode.Memento;
  readonly log: ShownLog;
}

/** The objects of this extension in one window. */
export interface BuiltProvider extends CommandContext, vscode.Disposable {
  readonly notices: SessionNotices;
  readonly appProvider: AppAuthenticationProvider;
  readonly callbackUriHandler: CallbackUriHandler;
}

/**
 * Builds the objects of this extension in one window. Reads no storage, opens and registers
 * nothing.
 */
export function buildProvider({ host, globalState, log }: WindowOptions): BuiltProvider {
  const { secrets, claims, machine, servers } = host;
  const { accounts, testServer } = servers;
  const marker = new StorageMarker(secrets, globalState, keyAt(testServer, 'marker'));
  const store = new SessionStore(host.serverSecrets, host.revisions, marker, log);
  const history = new AccountHistory(globalState, store, testServer);
  const shared = { store, history, log };
  const callbackUriHandler = new CallbackUriHandler(new CallbackHandover(secrets, log), log);
  const setUp = new ClientIdSetUp({
    memory: globalState,
    accounts,
    fetch,
    log,
    neededUris: async () => neededUris(await environment.queryEnvironment()),
    beforeSignIn: (clientId) => notices.claimNewClient(clientId),
  });
  const environment = signInEnvironment({ servers, host, callbackUriHandler, setUp, history });
  const signIn = new SignInRequests(environment, store, log);
  const notices = new SessionNotices({ ...shared, signIn, claims, testServer });
  store.watch(notices);
  const refresher = new SessionRefresher({
    store,
    lock: host.lock,
    storesSuspensions: host.storesSuspensions,
    accounts,
    fetch,
    log,
    onRefused: (session, error) => notices.refused(session, error),
  });
  const provider = new SpotifyAuthenticationProvider({ ...shared, refresher, signIn, notices });
  const { appSessions, appProvider, clientSecrets } = buildAppTokens(host, setUp, log);
  return {
    log,
    machine,
    environment,
    store,
    refresher,
    signIn,
    notices,
    provider,
    appSessions,
    appProvider,
    callbackUriHandler,
    secretsCheck: new SecretsCheck(secrets, globalState, marker),
    dispose: () => {
      for (const one of [appProvider, clientSecrets, provider, store]) one.dispose();
    },
  };
}

/** Builds the objects for the access tokens that the app itself gets, without a user. */
function buildAppTokens(
  { servers, serverSecrets, clientAuthentication }: ExtensionHost,
  setUp: ClientIdSetUp,
  log: ShownLog,
) {
  const { accounts: endpoints, testServer } = servers;
  const clientSecrets = new ClientSecrets(serverSecrets, testServer);
  const tokens = new AppTokenSource({ endpoints, fetch, clientAuthentication });
  const appSessions = new AppSessions({ secrets: clientSecrets, tokens, setUp, log });
  const appProvider = new AppAuthenticationProvider(appSessions, clientSecrets, log, testServer);
  return { appSessions, appProvider, clientSecrets };
}
