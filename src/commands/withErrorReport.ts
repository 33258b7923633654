import * as vscode from 'vscode';
import { describeError } from '../common/describeError.ts';
import { results } from '../messages/commands.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';

/**
 * Runs a task that the user asked for. If the task fails, logs the error and tells the user. Never
 * rejects, because VS Code would show the text of the error. Ignores a `CancellationError`.
 */
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
