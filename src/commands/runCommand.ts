import { diagnose } from '../diagnosis/diagnose.ts';
import type { CommandContext } from './commandContext.ts';
import { copyAccessToken } from './copyAccessToken.ts';
import { copyRedirectUri } from './copyRedirectUri.ts';
import { getAppAccessToken } from './getAppAccessToken.ts';
import { refreshAccessToken } from './refreshAccessToken.ts';
import { withErrorReport } from './withErrorReport.ts';
import { showAccounts } from './showAccounts.ts';
import { setUpClientId, signIn } from './signIn.ts';
import { signOut } from './signOut.ts';

type Command = (context: CommandContext, ...args: unknown[]) => unknown;

/** Each in a file of its own, but for those that help a sign-in which is running. */
const COMMANDS = {
  copyRedirectUri,
  setUpClientId,
  signIn,
  signOut,
  showAccounts,
  refreshAccessToken,
  copyAccessToken,
  getAppAccessToken,
  showLog: ({ log }) => log.show(),
  diagnose,
  copySignInLink: ({ environment }, id) => environment.running.find(id)?.copyLink(),
  pasteAddress: ({ environment }, id) => environment.running.find(id)?.paste(),
  pageSays: ({ environment }, id) => environment.running.find(id)?.pageSays(),
  tryAnotherWay: ({ environment }, id) => environment.running.find(id)?.tryAnotherWay(),
} satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/** What the palette offers, and what other extensions may run. */
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/** Runs a command; the person is told of a failure. */
export function runCommand(
  context: CommandContext,
  name: CommandName,
  args: readonly unknown[],
): Promise<unknown> {
  const command: Command = COMMANDS[name];
  return withErrorReport(context, () => command(context, ...args));
}
