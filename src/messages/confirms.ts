import * as vscode from 'vscode';

/** The texts of a modal dialog. Besides its button it has Cancel. */
export interface Question {
  readonly text: string;
  readonly detail: string;
  readonly button: string;
}

/**
 * Asks the user in a modal dialog, which no command can answer. Returns whether the user chose the button.
 */
export async function confirms({ text, detail, button }: Question): Promise<boolean> {
  return button === (await vscode.window.showWarningMessage(text, { modal: true, detail }, button));
}
