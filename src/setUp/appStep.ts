import * as vscode from 'vscode';
import { setUpStrings } from '../messages/setUp.ts';
import { untilAnswered } from './stepInput.ts';

const { app: words, openDashboard } = setUpStrings;

/**
 * The first step: why, and what Spotify asks of the app's owner and its users.
 * @throws vscode.CancellationError when the person closes it.
 */
export async function askForApp(): Promise<'openDashboard' | 'goOn'> {
  const create: vscode.QuickPickItem = {
    label: openDashboard(),
    detail: words.create(),
    iconPath: new vscode.ThemeIcon('link-external'),
  };
  const haveOne: vscode.QuickPickItem = {
    label: words.haveOne(),
    detail: words.haveOneDetail(),
    iconPath: new vscode.ThemeIcon('arrow-right'),
  };
  const pick = vscode.window.createQuickPick();
  Object.assign(pick, { title: words.title(), step: 1, totalSteps: 3, placeholder: words.why() });
  pick.items = [create, haveOne];
  return untilAnswered(pick, ({ answer }) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) answer(chosen === create ? 'openDashboard' : 'goOn');
    });
  });
}
