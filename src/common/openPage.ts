import * as vscode from 'vscode';

export const DASHBOARD_URL = 'https://developer.spotify.com/dashboard';
/** Spotify’s page where users see which apps have access to their account, and end that access. */
export const ACCOUNT_APPS_URL = 'https://www.spotify.com/account/apps/';
export const KEYRING_URL =
  'https://code.visualstudio.com/docs/configure/settings-sync#_troubleshooting-keychain-issues';

/**
 * Opens a page in the user’s browser. Resolves with false if the user declines in VS Code’s prompt.
 */
export function openPage(url: string): Thenable<boolean> {
  // The URL is passed as text. A Uri decodes the parameters, so that an "&" in a value would begin
  // another parameter.
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
