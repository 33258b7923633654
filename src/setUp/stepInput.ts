import * as vscode from 'vscode';
import { unlessAborted } from '../auth/abortable.ts';
import { setUpStrings } from '../messages/setUp.ts';
import { DASHBOARD_URL, openPage } from '../common/openPage.ts';

/** In the title bar: the page that every step is about. */
export const dashboardButton = (): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon('link-external'),
  tooltip: setUpStrings.openDashboard(),
});

/** Opens the dashboard. Whoever declines can still go there on their own. */
export async function openDashboard(): Promise<void> {
  await openPage(DASHBOARD_URL).then(undefined, () => false);
}

/** How an input goes on: `answer` ends it, `signal` tells that it has ended. */
export interface Ending<T> {
  readonly answer: (value: T) => void;
  readonly signal: AbortSignal;
}

/**
 * Shows an input until it is answered, and disposes of it; leaving for the browser does not close it.
 * @param listen Attaches what gives the answer.
 * @param signal Closes it; the promise rejects with its reason.
 * @throws vscode.CancellationError when the person closes it.
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
