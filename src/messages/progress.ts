import * as vscode from 'vscode';

/** The message that stands there while a sign-in runs. */
export interface SignInProgress {
  /** Aborts with a `vscode.CancellationError` when Cancel is pressed, or as the limit does. */
  readonly signal: AbortSignal;
  /** Replaces what stands behind the title; links to commands in it can be clicked. */
  say(message: string): void;
}

/** Runs `task` below a progress message with a Cancel button. */
export function withProgress<T>(
  title: string,
  limit: AbortSignal,
  task: (progress: SignInProgress) => Promise<T>,
): Promise<T> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title,
    cancellable: true,
  };
  const run = (
    progress: vscode.Progress<{ message: string }>,
    cancel: vscode.CancellationToken,
  ): Promise<T> => {
    const cancelled = new AbortController();
    cancel.onCancellationRequested(() => cancelled.abort(new vscode.CancellationError()));
    return task({
      signal: AbortSignal.any([limit, cancelled.signal]),
      say: (message) => progress.report({ message }),
    });
  };
  return Promise.resolve(vscode.window.withProgress(options, run));
}

/** Asks with VS Code's form of an abort signal. */
export async function withCancellationToken<T>(
  signal: AbortSignal,
  ask: (token: vscode.CancellationToken) => PromiseLike<T>,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const cancel = () => source.cancel();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    return await ask(source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}
