import * as vscode from 'vscode';
import { wrongAccountPrompt } from '../messages/signIn.ts';

/**
 * Resolves when the person wants to choose the account once more.
 * @throws vscode.CancellationError when they do not.
 */
export async function showWrongAccountPrompt(wished: string, answered: string): Promise<void> {
  const { text, detail, button } = wrongAccountPrompt(wished, answered);
  const chosen = await vscode.window.showWarningMessage(text, { modal: true, detail }, button);
  if (chosen !== button) throw new vscode.CancellationError();
}
