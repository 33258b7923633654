import * as vscode from 'vscode';
import { SPOTIFY_SCOPES } from '../auth/spotifyScopes.ts';
import { unknownScopesStrings } from '../messages/pageSays.ts';
import { plainText } from '../messages/plainText.ts';

/**
 * Returns the scopes that Spotify does not document. For such a scope, Spotify's page shows
 * "Illegal scope" and does not redirect.
 */
export function unknownScopes(scopes: readonly string[]): string[] {
  const known = new Set<string>(SPOTIFY_SCOPES);
  return scopes.filter((scope) => !known.has(scope));
}

/**
 * Returns the scopes to request. If Spotify does not document some of them, the user decides
 * whether these are left out.
 * @throws vscode.CancellationError if the user closes the question.
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

/**
 * Asks the user which scopes to leave out; `suspects` are selected at first. Returns the chosen
 * scopes, or undefined if the user chooses none.
 */
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
