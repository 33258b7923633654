import * as vscode from 'vscode';
import { configuredClientId, saveClientId } from '../configuration.ts';
import { describeError } from '../describeError.ts';
import type { Log } from '../log.ts';
import { clientIdMissing, clientIdPrompt, clientIdTitle } from '../messages/signIn.ts';

/** What was typed last, so that nobody has to type it again after a failure. */
let typed = '';

/**
 * The client ID to sign in with; asked for where none is configured yet.
 * @throws vscode.CancellationError when the person gives none.
 */
export async function resolveClientId(): Promise<string> {
  const clientId = configuredClientId() ?? (await askForClientId(typed));
  if (!clientId) throw new vscode.CancellationError();
  return clientId;
}

/** Asks for a client ID; undefined when the person gives none. */
export async function askForClientId(
  value: string,
  token?: vscode.CancellationToken,
): Promise<string | undefined> {
  const options: vscode.InputBoxOptions = {
    title: clientIdTitle(),
    prompt: clientIdPrompt(),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? clientIdMissing() : undefined),
  };
  const answer = (await vscode.window.showInputBox(options, token))?.trim();
  if (answer) typed = answer;
  return answer;
}

/** Keeps a client ID that has proved to be one. A setting that cannot be written fails nothing. */
export async function keepClientId(clientId: string, log: Log): Promise<void> {
  if (clientId !== typed || clientId === configuredClientId()) return;
  try {
    await saveClientId(clientId);
  } catch (error) {
    log.warn(`The client ID cannot be saved. ${describeError(error)}`);
  }
}
