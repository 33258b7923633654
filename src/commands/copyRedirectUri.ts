import * as vscode from 'vscode';
import { copiedStrings } from '../messages/commands.ts';
import { DASHBOARD_URL, openPage } from '../common/openPage.ts';
import { LOOPBACK_REDIRECT_URI, redirectUriFault } from '../common/redirectUri.ts';
import { RedirectUriError } from '../signIn/errors.ts';
import { failureMessage } from '../signIn/failureMessage.ts';
import { neededUris } from '../flows/neededUris.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';

/** Copies what the Spotify app has to list, unless the settings name one that Spotify refuses. */
export async function copyRedirectUri(context: CommandContext): Promise<void> {
  const { environment, log } = context;
  const place = await environment.queryEnvironment();
  const fault = place.redirectUri && redirectUriFault(place.redirectUri);
  if (fault) {
    const message = failureMessage(new RedirectUriError(fault, place.redirectUri));
    const tryAgain = () => copyRedirectUri(context);
    await showMessage('error', message, { tryAgain }, log);
    return;
  }
  const uri = neededUris(place)[0]?.uri ?? LOOPBACK_REDIRECT_URI;
  await vscode.env.clipboard.writeText(uri);
  const { text, openDashboard } = copiedStrings(uri);
  const chosen = await vscode.window.showInformationMessage(text, openDashboard);
  if (chosen === openDashboard) await openPage(DASHBOARD_URL);
}
