import * as vscode from 'vscode';
import { progressTitle } from '../messages/signIn.ts';

/**
 * Runs `task` below a progress message. Its Cancel button aborts the signal with a
 * `vscode.CancellationError`, and so does `limit` with its own reason.
 */
export function withProgress<T>(
  limit: AbortSignal,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: progressTitle(),
    cancellable: true,
  };
  const run = (_: unknown, cancel: vscode.CancellationToken): Promise<T> => {
    const cancelled = new AbortController();
    cancel.onCancellationRequested(() => cancelled.abort(new vscode.CancellationError()));
    return task(AbortSignal.any([limit, cancelled.signal]));
  };
  return Promise.resolve(vscode.window.withProgress(options, run));
}
