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

/** The object by which the listeners of an input end the input, and learn that the input has ended. */
export interface Ending<T> {
  /** Ends the input with this value. */
  readonly answer: (value: T) => void;
  /** Aborted as soon as the input has ended: accepted, cancelled or hidden. */
  readonly signal: AbortSignal;
}

/**
 * Shows an input, waits for the user's answer, and returns it. Then disposes of the input. The input
 * stays open while the user is in the browser.
 * @param listen Adds the listeners to the input. One of them ends the input with the answer.
 * @param signal Closes the input when it is aborted. The promise then rejects with the signal's reason.
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
