import * as vscode from 'vscode';
import { configuredClientId, saveClientId } from '../configuration.ts';
import { clientIdMissing, clientIdPrompt, clientIdTitle } from '../messages.ts';

/**
 * The client ID to sign in with; asked for and kept where none is configured yet.
 * @throws vscode.CancellationError when the person gives none, the signal's reason when it aborts.
 */
export async function resolveClientId(signal: AbortSignal): Promise<string> {
  return configuredClientId() ?? (await askClientId(signal));
}

async function askClientId(signal: AbortSignal): Promise<string> {
  const box = new vscode.CancellationTokenSource();
  const close = () => box.cancel();
  signal.addEventListener('abort', close, { once: true });
  try {
    const answer = await vscode.window.showInputBox(
      {
        title: clientIdTitle(),
        prompt: clientIdPrompt(),
        ignoreFocusOut: true,
        validateInput: (value) => (value.trim() === '' ? clientIdMissing() : undefined),
      },
      box.token,
    );
    signal.throwIfAborted();
    if (!answer) throw new vscode.CancellationError();
    await saveClientId(answer.trim());
    return answer.trim();
  } finally {
    signal.removeEventListener('abort', close);
    box.dispose();
  }
}
