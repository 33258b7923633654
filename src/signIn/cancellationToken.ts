import * as vscode from 'vscode';

/** VS Code's form of an abort signal, for as long as it is not disposed of. */
export function cancellationToken(
  signal: AbortSignal,
): { readonly token: vscode.CancellationToken } & Disposable {
  const source = new vscode.CancellationTokenSource();
  const cancel = () => source.cancel();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  return {
    token: source.token,
    [Symbol.dispose]: () => {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    },
  };
}
