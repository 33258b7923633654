import * as vscode from 'vscode';
import { setUpStrings } from '../messages/setUp.ts';
import { type Ending, untilAnswered } from './stepInput.ts';

const { app: strings, openDashboard } = setUpStrings;

/**
 * Shows the first step of the set-up. It explains why the user needs an app of their own, and what
 * Spotify demands of the app's owner and users. Returns what the user chose.
 * @param signal Closes the step when it is aborted.
 * @throws vscode.CancellationError if the user closes the step.
 */
export async function askForApp(signal?: AbortSignal): Promise<'openDashboard' | 'continue'> {
  const create: vscode.QuickPickItem = {
    label: openDashboard(),
    detail: strings.create(),
    iconPath: new vscode.ThemeIcon('link-external'),
  };
  const haveOne: vscode.QuickPickItem = {
    label: strings.haveOne(),
    detail: strings.haveOneDetail(),
    iconPath: new vscode.ThemeIcon('arrow-right'),
  };
  const pick = vscode.window.createQuickPick();
  Object.assign(pick, {
    title: strings.title(),
    step: 1,
    totalSteps: 3,
    placeholder: strings.why(),
  });
  pick.items = [create, haveOne];
  const listen = ({ answer }: Ending<'openDashboard' | 'continue'>) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) answer(chosen === create ? 'openDashboard' : 'continue');
    });
  };
  return untilAnswered(pick, listen, signal);
}
