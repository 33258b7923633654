import * as vscode from 'vscode';
import { plainText } from './plainText.ts';

const { t } = vscode.l10n;

/** After the redirect URI of this place has been copied. */
export function copiedStrings(redirectUri: string) {
  return {
    text: t(
      '{0} is copied. In the dashboard, open your Spotify app, add it under Redirect URIs, and save.',
      plainText(redirectUri),
    ),
    openDashboard: t('Open Spotify Dashboard'),
  };
}
