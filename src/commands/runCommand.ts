import { diagnose } from '../diagnosis/diagnose.ts';
import type { CommandContext } from './commandContext.ts';
import { copyAccessToken } from './copyAccessToken.ts';
import { copyRedirectUri } from './copyRedirectUri.ts';
import { getAppAccessToken } from './getAppAccessToken.ts';
import { helpSignIn } from './helpSignIn.ts';
import { refreshAccessToken } from './refreshAccessToken.ts';
import { withErrorReport } from './withErrorReport.ts';
import { showAccounts } from './showAccounts.ts';
import { setUpClientId, signIn } from './signIn.ts';
import { signOut } from './signOut.ts';

type Command = (context: CommandContext, ...args: unknown[]) => unknown;

/** The commands by name. The last five help with a sign-in that is running. */
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
  openSignInPage: helpSignIn((signIn) => signIn.openPageAgain()),
  copySignInLink: helpSignIn((signIn) => signIn.copyLink()),
  pasteAddress: helpSignIn((signIn) => signIn.paste()),
  pageSays: helpSignIn((signIn) => signIn.pageSays()),
  tryAnotherWay: helpSignIn((signIn) => signIn.tryAnotherWay()),
} satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/**
 * The names of all commands, for the palette and for other extensions. The id of a command is its name
 * with the prefix `spotify-authentication.`.
 */
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/** Runs a command. Never rejects: if the command fails, the user is told. */
export function runCommand(
  context: CommandContext,
  name: CommandName,
  args: readonly unknown[],
): Promise<unknown> {
  const command: Command = COMMANDS[name];
  return withErrorReport(context, () => command(context, ...args));
}
