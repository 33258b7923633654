import * as vscode from 'vscode';
import { SPOTIFY_SCOPES } from '../auth/scopes.ts';
import { unknownScopesStrings } from '../messages/pageSays.ts';
import { plainText } from '../messages/plainText.ts';

/** The scopes that Spotify does not document. For them its page shows "Illegal scope", and no redirect. */
export function unknownScopes(scopes: readonly string[]): string[] {
  const known = new Set<string>(SPOTIFY_SCOPES);
  return scopes.filter((scope) => !known.has(scope));
}

/**
 * The scopes to request: all of them, or only those that Spotify documents, as the user chooses.
 * @throws vscode.CancellationError when the user chooses neither.
 */
export async function checkedScopes(scopes: readonly string[]): Promise<readonly string[]> {
  const unknown = unknownScopes(scopes);
  if (unknown.length === 0) return scopes;
  const { text, detail, leaveOut, askAnyway } = unknownScopesStrings(unknown);
  const options = { modal: true, detail };
  const chosen = await vscode.window.showWarningMessage(text, options, leaveOut, askAnyway);
  if (!chosen) throw new vscode.CancellationError();
  return chosen === leaveOut ? scopes.filter((scope) => !unknown.includes(scope)) : scopes;
}

/** Asks which scopes to leave out; `suspects` are selected at first. Undefined when none are chosen. */
export async function askWhichScopes(
  scopes: readonly string[],
  suspects: readonly string[],
  token: vscode.CancellationToken,
): Promise<string[] | undefined> {
  const items = scopes.map((scope) => ({
    label: plainText(scope),
    picked: suspects.includes(scope),
    scope,
  }));
  const { pickTitle: title } = unknownScopesStrings(suspects);
  const options = { title, canPickMany: true as const, ignoreFocusOut: true };
  const chosen = await vscode.window.showQuickPick(items, options, token);
  return chosen && chosen.length > 0 ? chosen.map(({ scope }) => scope) : undefined;
}
