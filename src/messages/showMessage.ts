import * as vscode from 'vscode';
import { SECTION } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { type Action, actionLabel, type Message } from './message.ts';
import { ACCOUNT_APPS_URL, DASHBOARD_URL, KEYRING_URL, openPage } from '../common/openPage.ts';

const PREMIUM_URL = 'https://www.spotify.com/premium/';

const shows = {
  error: 'showErrorMessage',
  warning: 'showWarningMessage',
  information: 'showInformationMessage',
} as const;

/** What the buttons below a message do where only the caller knows how. */
export type Handlers = Partial<Record<Action, () => unknown>>;

/**
 * Tells the person something, and does what the button says that they choose. Resolves with that
 * when it is done, or when the message was closed; what goes wrong then is logged.
 */
export async function showMessage(
  severity: keyof typeof shows,
  message: Message,
  handlers: Handlers,
  log: Log,
): Promise<Action | undefined> {
  const items = message.actions.map((action) => ({ title: actionLabel(action), action }));
  const show = vscode.window[shows[severity]];
  const action = (await show<(typeof items)[number]>(message.text, ...items))?.action;
  try {
    if (action) await (handlers[action] ?? everywhere[action])?.();
  } catch (error) {
    log.error(`A button did not work. ${describeError(error)}`);
  }
  return action;
}

const everywhere: Handlers = {
  learnMore: () => openPage(KEYRING_URL),
  setUpClientId: () => vscode.commands.executeCommand(`${SECTION}.setUpClientId`),
  openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', SECTION),
  openDashboard: () => openPage(DASHBOARD_URL),
  openPremium: () => openPage(PREMIUM_URL),
  manageAccess: () => openPage(ACCOUNT_APPS_URL),
  diagnose: () => vscode.commands.executeCommand(`${SECTION}.diagnose`),
};
