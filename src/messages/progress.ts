import * as vscode from 'vscode';

/** The progress notification of a running sign-in. */
export interface SignInProgress {
  /**
   * Aborted when the user cancels, with a `vscode.CancellationError` as the reason; or when the `limit`
   * of {@link withProgress} is aborted, with the reason of that signal.
   */
  readonly signal: AbortSignal;
  /** Replaces the text after the title. The text may contain links to commands. */
  say(message: string): void;
}

/**
 * Runs `task` while a progress notification with a Cancel button is shown.
 * @param limit When this signal is aborted, the signal of the task is aborted, too.
 */
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

/** Calls `ask` with a `CancellationToken` that is cancelled when `signal` aborts. */
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
