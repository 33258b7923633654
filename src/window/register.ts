import * as vscode from 'vscode';
import { COMMAND_NAMES, runCommand } from '../commands/runCommand.ts';
import { SECTION } from '../common/configuration.ts';
import type { LazyLog } from '../common/log.ts';
import { CompetingProviders } from '../provider/competingProviders.ts';
import { SignInOffer, usesOnlyAppTokens } from '../provider/offerSignIn.ts';
import { SignedInContext } from '../provider/signedInContext.ts';
import { buildProvider } from './buildProvider.ts';
import type { ExtensionHost } from './extensionHost.ts';

const { registerAuthenticationProvider } = vscode.authentication;

/**
 * Registers the providers, commands and URI handler of one window. What reads the secrets begins after
 * the activation, for which VS Code waits.
 */
export function register(
  { subscriptions, globalState, extension }: vscode.ExtensionContext,
  host: ExtensionHost,
  log: LazyLog,
): void {
  const built = buildProvider({ host, globalState, log });
  const { provider, appProvider, appSessions, store, callbackUriHandler, notices } = built;
  const { history } = built.environment;
  const signedIn = new SignedInContext(store, log);
  const offer = new SignInOffer(store, () => usesOnlyAppTokens(history, appSessions), log);
  const commands = COMMAND_NAMES.map((name) =>
    vscode.commands.registerCommand(`spotify-authentication.${name}`, (...args: unknown[]) =>
      runCommand(built, name, args),
    ),
  );
  subscriptions.push(
    ...[log, offer, built, signedIn, ...commands],
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SECTION}.clientId`)) notices.clientChanged();
    }),
    vscode.window.registerUriHandler(callbackUriHandler),
    registerAuthenticationProvider('spotify', 'Spotify', provider, {
      supportsMultipleAccounts: true,
    }),
    registerAuthenticationProvider('spotify-app', 'Spotify (app)', appProvider),
    new CompetingProviders({ id: extension.id, provider, claims: host.claims, log }),
  );
  const afterwards = setTimeout(() => {
    signedIn.update();
    void offer.make();
  });
  subscriptions.push({ dispose: () => clearTimeout(afterwards) });
}
