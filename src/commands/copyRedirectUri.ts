import * as vscode from 'vscode';
import { redirectUriCopied } from '../messages/commands.ts';
import { DASHBOARD_URL, openPage } from '../common/openPage.ts';
import { LOOPBACK_REDIRECT_URI, redirectUriFault } from '../common/redirectUri.ts';
import { RedirectUriError } from '../signIn/errors.ts';
import { failureMessage } from '../signIn/failureMessage.ts';
import { neededUris } from '../flows/neededUris.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';

/**
 * Copies the redirect URI that the Spotify app has to list. If Spotify would refuse the configured
 * redirect URI, shows an error instead.
 */
export async function copyRedirectUri(context: CommandContext): Promise<void> {
  const { environment, log } = context;
  const query = await environment.queryEnvironment();
  const fault = query.redirectUri && redirectUriFault(query.redirectUri);
  if (fault) {
    const message = failureMessage(new RedirectUriError(fault, query.redirectUri));
    const tryAgain = () => copyRedirectUri(context);
    await showMessage('error', message, { tryAgain }, log);
    return;
  }
  const uri = neededUris(query)[0]?.uri ?? LOOPBACK_REDIRECT_URI;
  await vscode.env.clipboard.writeText(uri);
  const { text, openDashboard } = redirectUriCopied(uri);
  const chosen = await vscode.window.showInformationMessage(text, openDashboard);
  if (chosen === openDashboard) await openPage(DASHBOARD_URL);
}
