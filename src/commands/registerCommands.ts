import * as vscode from 'vscode';
import type { BuiltProvider } from '../buildProvider.ts';
import type { Log } from '../log.ts';
import { setUpClientId } from './setUpClientId.ts';

/** What a command works with: the objects of one window. */
export interface CommandContext extends Omit<BuiltProvider, 'dispose'> {
  readonly log: Log & { show(): void };
}

/** What the palette offers, and what other extensions may run; each in a file of its own. */
const COMMANDS: Record<string, (context: CommandContext, ...args: unknown[]) => unknown> = {
  setUpClientId,
  showLog: ({ log }) => log.show(),
};

export function registerCommands(context: CommandContext): vscode.Disposable {
  const commands = Object.entries(COMMANDS).map(([name, run]) =>
    vscode.commands.registerCommand(`spotify-authentication.${name}`, (...args: unknown[]) =>
      run(context, ...args),
    ),
  );
  return vscode.Disposable.from(...commands);
}
