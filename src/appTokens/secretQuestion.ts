import * as vscode from 'vscode';
import { refusedSecret, secretBox } from '../messages/appTokens.ts';
import { dashboardButton, openDashboard, untilAnswered } from '../setUp/stepInput.ts';

/**
 * Asks for the client secret of an app, and says what it is for.
 * @throws vscode.CancellationError when the person closes it.
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
 * Says that Spotify refuses the secret, and asks what to do.
 * @throws vscode.CancellationError when the person wants neither.
 */
export async function askAboutRefusal(clientId: string): Promise<'another' | 'keep'> {
  const { text, detail, another, keep } = refusedSecret(clientId);
  const options = { modal: true, detail };
  const chosen = await vscode.window.showWarningMessage(text, options, another, keep);
  if (!chosen) throw new vscode.CancellationError();
  return chosen === keep ? 'keep' : 'another';
}
