import { AppSessions } from '../appTokens/appSessions.ts';
import { AppTokenSource } from '../appTokens/appTokenSource.ts';
import { defaultFetch } from '../auth/globalFetch.ts';
import type { BuiltProvider, Interaction } from './buildProvider.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import { runCommand } from '../commands/runCommand.ts';
import type { Machine } from '../diagnosis/machine.ts';
import { SecretsCheck } from '../diagnosis/secretsCheck.ts';
import { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import { editorEnvironment } from '../signIn/editorEnvironment.ts';
import { InteractiveSignIn } from '../signIn/interactiveSignIn.ts';
import { neededUris } from '../flows/neededUris.ts';

/** Makes what a person deals with: sign-in, set-up, commands. In a browser it is loaded on need. */
export function buildInteraction(
  built: BuiltProvider,
  machine: Machine,
): Interaction & CommandContext {
  const { host, globalState, servers, clientSecrets, store, marker, links, log } = built;
  const { accounts } = servers;
  const setUp = new ClientIdSetUp({
    ...{ memory: globalState, accounts, fetch: defaultFetch, log },
    neededUris: async () => neededUris(await environment.queryEnvironment()),
  });
  const { kind, loopback, clientAuthentication } = host;
  const environment = editorEnvironment({ servers, host: kind, loopback, links, setUp });
  const asked = { endpoints: accounts, fetch: defaultFetch, clientAuthentication };
  const tokens = new AppTokenSource(asked);
  const context: CommandContext = {
    ...built,
    machine,
    environment,
    signIn: new InteractiveSignIn(environment, store, log),
    secretsCheck: new SecretsCheck(host.secrets, globalState, marker),
    appSessions: new AppSessions({ secrets: clientSecrets, tokens, setUp, log }),
  };
  return { ...context, runCommand: (name, args) => runCommand(context, name, args) };
}
