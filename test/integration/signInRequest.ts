import * as vscode from 'vscode';

export const OWN_ID = 'spotify-sdk.spotify-authentication';

/**
 * Signs in as a click on "Sign in with Spotify to use …" in the Accounts menu does. Under test the
 * editor refuses the consent dialog of `getSession`. This entry opens none; VS Code numbers its command.
 */
export async function signInFromAccountsMenu(scopes: readonly string[]): Promise<void> {
  await vscode.authentication.getSession('spotify', scopes);
  const commands = await vscode.commands.getCommands();
  const entry = commands.filter((id) => id.startsWith(`spotify:${OWN_ID}:signIn`)).at(-1);
  if (!entry) throw new Error('The Accounts menu has no entry to sign in with.');
  await vscode.commands.executeCommand(entry);
}

/** Signs the account out as the Accounts menu does. Under test VS Code answers its own question. */
export async function signOut(accountLabel: string): Promise<void> {
  const account = { providerId: 'spotify', accountLabel };
  await vscode.commands.executeCommand('_signOutOfAccount', account);
}
