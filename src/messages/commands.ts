import { l10n } from 'vscode';
import type { Message } from './message.ts';
import { fromNow, timeOfDay } from './moments.ts';
import { plainText } from './plainText.ts';

/**
 * What came of a command, short enough for a notification that shows one line. The moments are
 * seconds since the epoch.
 */
export const results = {
  signedOut: (account: string): Message => ({
    text: l10n.t(
      '{0} is signed out of Spotify here. Spotify itself still lists your app until you remove it there.',
      plainText(account),
    ),
    actions: ['manageAccess'],
  }),
  sessionSignedOut: (account: string): Message => ({
    text: l10n.t('One session of {0} is signed out here. Its others stay.', plainText(account)),
    actions: [],
  }),
  refreshed: (account: string, ends: number): Message => ({
    text: l10n.t('{0} has a new access token, until {1}.', plainText(account), timeOfDay(ends)),
    actions: [],
  }),
  young: (account: string): Message => ({
    text: l10n.t('Not needed: the access token of {0} is not a minute old.', plainText(account)),
    actions: [],
  }),
  copied: (account: string, ends: number): Message => ({
    text: l10n.t(
      'The access token of {0} is copied. It ends {1}.',
      plainText(account),
      fromNow(ends),
    ),
    actions: [],
  }),
  nobody: (): Message => ({
    text: l10n.t('Nobody is signed in to Spotify.'),
    actions: ['signIn'],
  }),
  notRefreshed: (): Message => ({
    text: l10n.t('There is no new access token. You stay signed in.'),
    actions: ['tryAgain', 'showLog'],
  }),
  failed: (): Message => ({
    text: l10n.t('That did not work. The log says why.'),
    actions: ['showLog'],
  }),
} as const;

export const refreshing = (account: string): string =>
  l10n.t('Asking Spotify for a new access token for {0}…', plainText(account));

/** After the redirect URI of this place has been copied. */
export function copiedStrings(redirectUri: string) {
  return {
    text: l10n.t(
      '{0} is copied. In the dashboard, open your Spotify app, add it under Redirect URIs, and save.',
      plainText(redirectUri),
    ),
    openDashboard: l10n.t('Open Spotify Dashboard'),
  };
}
