import * as vscode from 'vscode';

export const DASHBOARD_URL = 'https://developer.spotify.com/dashboard';
/** Where a person sees which apps have access to their account, and takes it back. */
export const ACCOUNT_APPS_URL = 'https://www.spotify.com/account/apps/';
export const KEYRING_URL =
  'https://code.visualstudio.com/docs/configure/settings-sync#_troubleshooting-keychain-issues';

/** Opens a page in the person's browser; false when they decline. */
export function openPage(url: string): Thenable<boolean> {
  // As text: a Uri would decode the parameters, and an "&" in one of them would begin another.
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
