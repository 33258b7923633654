import { l10n } from 'vscode';
import type { Message } from './message.ts';
import { fromNow, timeOfDay } from './moments.ts';
import { plainText } from './plainText.ts';

/**
 * The messages about the results of commands. They are short, because VS Code shows only one line of a
 * notification at first. `ends` is in seconds since the epoch.
 */
export const results = {
  signedOut: (account: string): Message => ({
    text: l10n.t(
      '{0} is signed out here. To remove your app from the account’s list on Spotify, too, choose Manage Access on Spotify.',
      plainText(account),
    ),
    actions: ['manageAccess'],
  }),
  sessionSignedOut: (account: string): Message => ({
    text: l10n.t(
      'One session of {0} is signed out here. The other sessions of this account stay signed in.',
      plainText(account),
    ),
    actions: [],
  }),
  refreshed: (account: string, ends: number): Message => ({
    text: l10n.t({
      message: '{0} has a new access token, valid until {1}.',
      args: [plainText(account), timeOfDay(ends)],
      comment: ['{0}: an account. {1}: “2:32 PM”'],
    }),
    actions: [],
  }),
  tooNew: (account: string): Message => ({
    text: l10n.t(
      'The access token of {0} was not refreshed, because it is less than a minute old.',
      plainText(account),
    ),
    actions: [],
  }),
  copied: (account: string, ends: number): Message => ({
    text: l10n.t({
      message: 'The access token of {0} is copied. It expires {1}.',
      args: [plainText(account), fromNow(ends)],
      comment: ['{0}: an account. {1}: “in 47 minutes”'],
    }),
    actions: [],
  }),
  notSignedIn: (): Message => ({
    text: l10n.t('You are not signed in to Spotify.'),
    actions: ['signIn'],
  }),
  notRefreshed: (): Message => ({
    text: l10n.t('Getting a new access token failed. You stay signed in.'),
    actions: ['tryAgain', 'showLog'],
  }),
  failed: (): Message => ({
    text: l10n.t('The command failed. The log shows why.'),
    actions: ['showLog'],
  }),
} as const;

export const refreshing = (account: string): string =>
  l10n.t('Asking Spotify for a new access token for {0}…', plainText(account));

/** The message of the command Copy Redirect URI, after it has copied `redirectUri`. */
export function redirectUriCopied(redirectUri: string) {
  return {
    text: l10n.t({
      message:
        '{0} is copied. In the dashboard, open your Spotify app, add the copied URI under Redirect URIs, and save.',
      args: [plainText(redirectUri)],
      comment: ['{0}: a URI. “Redirect URIs”: as on Spotify’s page'],
    }),
    openDashboard: l10n.t('Open Spotify Dashboard'),
  };
}
