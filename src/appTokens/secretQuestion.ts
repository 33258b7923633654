import * as vscode from 'vscode';
import { refusedSecret, secretBox } from '../messages/appTokens.ts';
import { dashboardButton, openDashboard, untilAnswered } from '../setUp/stepInput.ts';

/**
 * Asks the user for the client secret of an app. Returns it without surrounding space.
 * @throws vscode.CancellationError if the user closes the input box.
 */
export async function askForSecret(clientId: string): Promise<string> {
  const box = vscode.window.createInputBox();
  box.title = secretBox.title();
  box.prompt = secretBox.prompt(clientId);
  box.placeholder = secretBox.placeholder();
  box.password = true;
  box.buttons = [dashboardButton()];
  box.onDidTriggerButton(() => void openDashboard());
  box.onDidChangeValue(() => (box.validationMessage = undefined));
  return untilAnswered<string>(box, ({ answer }) =>
    box.onDidAccept(() => {
      const secret = box.value.trim();
      if (secret) answer(secret);
      else box.validationMessage = secretBox.missing();
    }),
  );
}

/**
 * Tells the user that Spotify refuses the client secret that they have just entered. Asks whether they
 * want to enter another secret or to keep this one.
 * @throws vscode.CancellationError if the user closes the dialog.
 */
export async function askAboutEnteredSecret(clientId: string): Promise<'enterAnother' | 'keep'> {
  const { text, detail, another, keep } = refusedSecret(clientId);
  const options = { modal: true, detail };
  const chosen = await vscode.window.showWarningMessage(text, options, another, keep);
  if (!chosen) throw new vscode.CancellationError();
  return chosen === keep ? 'keep' : 'enterAnother';
}
