import * as vscode from 'vscode';

const { t } = vscode.l10n;

export const progressTitle = (): string => t('Signing in to Spotify: waiting for your browser…');

export const clientIdTitle = (): string => t('Spotify Client ID');

export const clientIdPrompt = (): string =>
  t(
    'Spotify lets an app serve five listed people only, so everyone brings their own. Create one at developer.spotify.com/dashboard with the redirect URI http://127.0.0.1/callback and paste its client ID here.',
  );

export const clientIdMissing = (): string => t('Paste the client ID of your Spotify app.');

/** After a sign-in that nobody waits for any more. */
export const signedIn = (account: string): string =>
  t('You are signed in to Spotify as {0}. Do again what you needed it for.', account);

/** The question after an answer for another account than the one asked for. */
export function chooseAgain(wished: string, answered: string) {
  return {
    text: t('You signed in to Spotify as {0}, but {1} is needed.', answered, wished),
    detail: t('Nothing was stored. On Spotify’s page, choose “Not you?” to change the account.'),
    button: t('Choose Again'),
  };
}
