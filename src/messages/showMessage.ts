import * as vscode from 'vscode';
import { SECTION, stopOffering } from '../common/configuration.ts';
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

/**
 * Functions for the actions of buttons. {@link showMessage} has functions of its own for actions that
 * do the same in every message.
 */
export type Handlers = Partial<Record<Action, () => unknown>>;

/**
 * Shows a message, and runs the function for the button that the user chooses. Never rejects: an
 * error of VS Code or of that function is logged.
 * @returns The action of the button, after its function has ended; undefined if the user closed the
 * message; `notShown` if VS Code did not show it.
 */
export async function showMessage(
  severity: keyof typeof shows,
  message: Message,
  handlers: Handlers,
  log: Log,
): Promise<Action | 'notShown' | undefined> {
  const items = message.actions.map((action) => ({ title: actionLabel(action), action }));
  const show = vscode.window[shows[severity]];
  let action: Action | undefined;
  try {
    action = (await show<(typeof items)[number]>(message.text, ...items))?.action;
    if (action) await (handlers[action] ?? commonHandlers[action])?.();
  } catch (error) {
    log.error(
      `A ${action ? 'button did not work' : 'message was not shown'}. ${describeError(error)}`,
    );
    return action ?? 'notShown';
  }
  return action;
}

/** The functions for actions that are the same for every caller of {@link showMessage}. */
const commonHandlers: Handlers = {
  dontOfferAgain: stopOffering,
  learnMore: () => openPage(KEYRING_URL),
  setUpClientId: openSetUp,
  openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', SECTION),
  openDashboard: () => openPage(DASHBOARD_URL),
  openPremium: () => openPage(PREMIUM_URL),
  manageAccess: () => openPage(ACCOUNT_APPS_URL),
  diagnose: () => vscode.commands.executeCommand(`${SECTION}.diagnose`),
};

/** Opens the set-up of the client ID. */
export function openSetUp(): Thenable<unknown> {
  return vscode.commands.executeCommand(`${SECTION}.setUpClientId`);
}
