import * as vscode from 'vscode';
import { describeError } from '../common/describeError.ts';
import { results } from '../messages/commands.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';

/** Does what a person asked for, and tells them where it fails: VS Code would show the error itself. */
export async function withErrorReport(
  { log }: CommandContext,
  task: () => unknown,
): Promise<unknown> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    log.error(`A command has failed. ${describeError(error)}`);
    void showMessage('error', results.failed(), { showLog: () => log.show() }, log);
    return undefined;
  }
}
