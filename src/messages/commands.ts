import * as vscode from 'vscode';
import type { Message } from './message.ts';
import { fromNow, timeOfDay } from './moments.ts';
import { plainText } from './plainText.ts';

const { t } = vscode.l10n;

/**
 * What came of a command, short enough for a notification that shows one line. The moments are
 * seconds since the epoch.
 */
export const results = {
  signedOut: (account: string): Message => ({
    text: t(
      '{0} is signed out of Spotify here. Spotify itself still lists your app until you remove it there.',
      plainText(account),
    ),
    actions: ['manageAccess'],
  }),
  sessionSignedOut: (account: string): Message => ({
    text: t('One session of {0} is signed out here. Its others stay.', plainText(account)),
    actions: [],
  }),
  refreshed: (account: string, ends: number): Message => ({
    text: t('{0} has a new access token, until {1}.', plainText(account), timeOfDay(ends)),
    actions: [],
  }),
  young: (account: string): Message => ({
    text: t('Not needed: the access token of {0} is not a minute old.', plainText(account)),
    actions: [],
  }),
  copied: (account: string, ends: number): Message => ({
    text: t('The access token of {0} is copied. It ends {1}.', plainText(account), fromNow(ends)),
    actions: [],
  }),
  nobody: (): Message => ({
    text: t('Nobody is signed in to Spotify.'),
    actions: ['signIn'],
  }),
  notRefreshed: (): Message => ({
    text: t('There is no new access token. You stay signed in.'),
    actions: ['tryAgain', 'showLog'],
  }),
  failed: (): Message => ({
    text: t('That did not work. The log says why.'),
    actions: ['showLog'],
  }),
} as const;

export const refreshing = (account: string): string =>
  t('Asking Spotify for a new access token for {0}…', plainText(account));

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
