import * as vscode from 'vscode';
import { unlessAborted } from '../auth/abortable.ts';
import { setUpStrings } from '../messages/setUp.ts';
import { DASHBOARD_URL, openPage } from '../common/openPage.ts';

/** A button for the title bar of a step, which opens the Spotify dashboard. */
export const dashboardButton = (): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon('link-external'),
  tooltip: setUpStrings.openDashboard(),
});

/** Opens the Spotify dashboard. Does nothing if the user declines to open the page. */
export async function openDashboard(): Promise<void> {
  await openPage(DASHBOARD_URL).then(undefined, () => false);
}

/** What the listeners of an input get: a way to end it, and a signal of its end. */
export interface Ending<T> {
  /** Ends the input with this value. */
  readonly answer: (value: T) => void;
  /** Aborted once the input has ended, however it ended. */
  readonly signal: AbortSignal;
}

/**
 * Shows an input, returns the answer, and disposes of the input. The input stays open while the user
 * is in the browser.
 * @param listen Attaches the listeners that answer.
 * @param signal Closes the input. The promise then rejects with the signal's reason.
 * @throws vscode.CancellationError if the user closes the input.
 */
export async function untilAnswered<T>(
  input: vscode.QuickInput,
  listen: (ending: Ending<T>) => void,
  signal?: AbortSignal,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const ended = new AbortController();
  input.ignoreFocusOut = true;
  input.onDidHide(() => reject(new vscode.CancellationError()));
  listen({ answer: resolve, signal: ended.signal });
  try {
    input.show();
    return await (signal ? unlessAborted(promise, signal) : promise);
  } finally {
    ended.abort();
    input.dispose();
  }
}
