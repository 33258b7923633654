import * as vscode from 'vscode';
import { buildProvider, type WindowOptions } from './buildProvider.ts';
import { COMMAND_NAMES } from '../commands/commandNames.ts';
import type { LazyLog } from '../common/log.ts';
import { SignInOffer } from '../provider/offerSignIn.ts';
import { CompetingProviders } from '../provider/competingProviders.ts';
import { watchSignedIn } from '../provider/signedInContext.ts';

const { registerAuthenticationProvider } = vscode.authentication;

/**
 * Makes all of one window and registers it: the provider is there at once, then the Accounts menu
 * offers to sign in.
 */
export function register(
  { subscriptions, globalState, extension }: vscode.ExtensionContext,
  options: Omit<WindowOptions, 'globalState'> & { readonly log: LazyLog },
): void {
  const { host, log } = options;
  const built = buildProvider({ ...options, globalState });
  const { provider, appProvider, store, links, interaction } = built;
  const offer = new SignInOffer(store, log);
  const commands = COMMAND_NAMES.map((name) =>
    vscode.commands.registerCommand(`spotify-authentication.${name}`, async (...args: unknown[]) =>
      (await interaction()).runCommand(name, args),
    ),
  );
  subscriptions.push(
    ...[log, offer, built, watchSignedIn(store, log), ...commands],
    vscode.window.registerUriHandler(links),
    registerAuthenticationProvider('spotify', 'Spotify', provider, {
      supportsMultipleAccounts: true,
    }),
    registerAuthenticationProvider('spotify-app', 'Spotify (app)', appProvider),
    new CompetingProviders({ id: extension.id, provider, claims: host.claims, log }),
  );
  void offer.make();
}
