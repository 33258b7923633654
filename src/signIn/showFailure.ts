import * as vscode from 'vscode';
import { SECTION } from '../configuration.ts';
import { type Action, actionLabel } from '../messages.ts';
import { failureMessage } from './failureMessage.ts';

const DASHBOARD_URL = 'https://developer.spotify.com/dashboard';

/** What the buttons below a failure do where only the caller knows how. */
export interface FailureActions {
  readonly tryAgain: () => unknown;
  readonly showLog: () => void;
}

/** Tells the person what went wrong; resolves when the message is answered or closed. */
export async function showFailure(error: unknown, actions: FailureActions): Promise<void> {
  const message = failureMessage(error);
  const items = message.actions.map((action) => ({ title: actionLabel(action), action }));
  const chosen = await vscode.window.showErrorMessage(message.text, ...items);
  if (chosen) await run(chosen.action, actions);
}

async function run(action: Action, { tryAgain, showLog }: FailureActions): Promise<void> {
  switch (action) {
    case 'tryAgain':
      await tryAgain();
      return;
    case 'openSettings':
      await vscode.commands.executeCommand('workbench.action.openSettings', SECTION);
      return;
    case 'openDashboard':
      await vscode.env.openExternal(vscode.Uri.parse(DASHBOARD_URL));
      return;
    case 'showLog':
      showLog();
  }
}
