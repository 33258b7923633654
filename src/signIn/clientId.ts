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
  const configured = configuredClientId();
  if (configured) return configured;
  const answer = await vscode.window.showInputBox({
    title: clientIdTitle(),
    prompt: clientIdPrompt(),
    value: typed,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? clientIdMissing() : undefined),
  });
  if (!answer) throw new vscode.CancellationError();
  typed = answer.trim();
  return typed;
}

/** Keeps a client ID that has proved to be one. A setting that cannot be written fails nothing. */
export async function keepClientId(clientId: string, log: Log): Promise<void> {
  if (configuredClientId() || clientId !== typed) return;
  try {
    await saveClientId(clientId);
  } catch (error) {
    log.warn(`The client ID cannot be saved. ${describeError(error)}`);
  }
}
