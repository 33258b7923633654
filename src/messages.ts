import * as vscode from 'vscode';
import type { PageKind } from './auth/callbackPage.ts';

const { t } = vscode.l10n;

/** What a button below a message does. */
export type Action =
  | 'tryAgain'
  | 'signInAgain'
  | 'openSettings'
  | 'openDashboard'
  | 'remove'
  | 'showLog'
  | 'learnMore';

/** A sentence for a person: what happened, what to do, and the buttons that do it. */
export interface Message {
  readonly text: string;
  readonly actions: readonly Action[];
}

export function actionLabel(action: Action): string {
  switch (action) {
    case 'tryAgain':
      return t('Try Again');
    case 'signInAgain':
      return t('Sign In Again');
    case 'openSettings':
      return t('Open Settings');
    case 'openDashboard':
      return t('Open Spotify Dashboard');
    case 'remove':
      return t('Remove');
    case 'showLog':
      return t('Show Log');
    case 'learnMore':
      return t('Learn More');
  }
}

export const progressTitle = (): string => t('Signing in to Spotify: waiting for your browser…');

export const clientIdTitle = (): string => t('Spotify Client ID');

export const clientIdPrompt = (): string =>
  t(
    'Spotify lets an app serve five listed people only, so everyone brings their own. Create one at developer.spotify.com/dashboard with the redirect URI http://127.0.0.1/callback and paste its client ID here.',
  );

export const clientIdMissing = (): string => t('Paste the client ID of your Spotify app.');

/** Why a sign-in failed. A server's own words never get in here: links in them would be live. */
export const failures = {
  denied: (): Message => ({
    text: t('You declined access on Spotify’s page, so nobody was signed in.'),
    actions: ['tryAgain'],
  }),
  timedOut: (): Message => ({
    text: t('Spotify’s page was not answered in time, so nobody was signed in.'),
    actions: ['tryAgain'],
  }),
  notListed: (): Message => ({
    text: t(
      'Spotify refuses this account: it is not on the user list of your Spotify app. Add its e-mail address under User Management in the dashboard, then sign in again.',
    ),
    actions: ['openDashboard', 'tryAgain'],
  }),
  ownerNeedsPremium: (): Message => ({
    text: t(
      'Spotify refuses your Spotify app: its owner needs Spotify Premium. After a change it can take some hours until the app works.',
    ),
    actions: ['openDashboard', 'tryAgain'],
  }),
  unknownClient: (): Message => ({
    text: t('Spotify does not know the client ID. Compare it with the one in the dashboard.'),
    actions: ['openSettings', 'tryAgain'],
  }),
  unreachable: (): Message => ({
    text: t('Spotify cannot be reached. Check the network and the editor’s proxy settings.'),
    actions: ['tryAgain', 'showLog'],
  }),
  busy: (): Message => ({
    text: t('Spotify is too busy to answer at the moment. Try again in a few minutes.'),
    actions: ['tryAgain', 'showLog'],
  }),
  noToken: (): Message => ({
    text: t(
      'Spotify cannot be reached at the moment, so there is no valid token. You stay signed in.',
    ),
    actions: [],
  }),
  other: (): Message => ({
    text: t('Signing in to Spotify failed.'),
    actions: ['tryAgain', 'showLog'],
  }),
} as const;

/** After a sign-in that nobody waits for any more. */
export const signedIn = (account: string): string =>
  t('You are signed in to Spotify as {0}. Do again what you needed it for.', account);

/** What becomes of a session without anybody having done something. */
export const notices = {
  ended: (account: string): Message => ({
    text: t('Spotify has ended the session of {0}. Sign in again to go on using it.', account),
    actions: ['signInAgain'],
  }),
  endsSoon: (account: string, days: number): Message => ({
    text:
      days <= 1
        ? t('Spotify ends the session of {0} within a day. Sign in again to keep it.', account)
        : t(
            'Spotify ends the session of {0} in {1} days. Sign in again to keep it.',
            account,
            days,
          ),
    actions: ['signInAgain'],
  }),
  unknownClient: (): Message => ({
    text: t(
      'Spotify no longer knows the client ID of your session. Look in the dashboard whether the Spotify app still exists; if not, make a new one and put its client ID into the settings.',
    ),
    actions: ['openDashboard', 'openSettings'],
  }),
  unreadable: (): Message => ({
    text: t('A stored Spotify session cannot be read. It was left as it is; other sessions work.'),
    actions: ['remove', 'showLog'],
  }),
  storageLost: (): Message => ({
    text: t(
      'Your Spotify sessions did not survive the restart: {0} has no place for secrets that lasts, such as a keyring. You will have to sign in after each start until it has one.',
      vscode.env.appName,
    ),
    actions: ['learnMore'],
  }),
} as const;

/** The question after an answer for another account than the one asked for. */
export function chooseAgain(wished: string, answered: string) {
  return {
    text: t('You signed in to Spotify as {0}, but {1} is needed.', answered, wished),
    detail: t('Nothing was stored. On Spotify’s page, choose “Not you?” to change the account.'),
    button: t('Choose Again'),
  };
}

/** Heading and sentence of the page a browser's tab ends on. */
export function pageWords(kind: PageKind): { title: string; text: string } {
  const back = t('You can close this tab and return to {0}.', vscode.env.appName);
  switch (kind) {
    case 'signedIn':
      return { title: t('You are signed in to Spotify'), text: back };
    case 'received':
      return { title: t('Spotify has answered'), text: back };
    case 'denied':
      return { title: t('Access was declined'), text: `${t('Nobody was signed in.')} ${back}` };
    case 'failed':
      return {
        title: t('The sign-in did not work'),
        text: t('Return to {0}: it says what happened.', vscode.env.appName),
      };
    case 'used':
      return { title: t('This sign-in was completed in another tab'), text: back };
    case 'unknown':
      return {
        title: t('No sign-in is waiting for this page'),
        text: t('It may have expired. Start again in {0}.', vscode.env.appName),
      };
  }
}
