import * as vscode from 'vscode';
import type { BuiltProvider } from '../buildProvider.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { ShownLog } from '../log.ts';
import { copyAccessToken } from './copyAccessToken.ts';
import { copyRedirectUri } from './copyRedirectUri.ts';
import { getAppAccessToken } from './getAppAccessToken.ts';
import { refreshAccessToken } from './refreshAccessToken.ts';
import { reported } from './reported.ts';
import { setUpClientId } from './setUpClientId.ts';
import { showAccounts } from './showAccounts.ts';
import { watchSignedIn } from './signedInContext.ts';
import { signIn } from './signIn.ts';
import { signOut } from './signOut.ts';

/** What a command works with: the objects of one window. */
export interface CommandContext extends Omit<BuiltProvider, 'dispose'> {
  readonly log: ShownLog;
}

/** What the palette offers, and what other extensions may run; each in a file of its own. */
const COMMANDS: Record<string, (context: CommandContext, ...args: unknown[]) => unknown> = {
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
};

export function registerCommands(context: CommandContext): vscode.Disposable {
  const commands = Object.entries(COMMANDS).map(([name, run]) =>
    vscode.commands.registerCommand(`spotify-authentication.${name}`, (...args: unknown[]) =>
      reported(context, () => run(context, ...args)),
    ),
  );
  return vscode.Disposable.from(watchSignedIn(context), ...commands);
}
