import { env, l10n } from 'vscode';
import { CLIENT_SECRET_VARIABLE as variable } from '../common/configuration.ts';
import type { Message } from './message.ts';
import { fromNow, timeOfDay } from './moments.ts';
import { shortClientId } from './plainText.ts';

/** The texts of the input box for the client secret. */
export const secretBox = {
  title: (): string => l10n.t('Spotify: Client Secret of Your App'),
  prompt: (clientId: string): string =>
    l10n.t(
      'With the client secret of your app (client ID {0}…), extensions can search Spotify’s catalogue without access to any account. Copy the client secret from your app’s page in the Spotify dashboard and paste it here. {1} keeps the client secret in its secret storage; extensions only get access tokens.',
      shortClientId(clientId),
      env.appName,
    ),
  placeholder: (): string => l10n.t('Client secret'),
  missing: (): string => l10n.t('Paste the client secret of your Spotify app.'),
} as const;

export const askingForAppToken = (): string =>
  l10n.t('Asking Spotify for an access token of your app…');

/**
 * The texts of the dialog that appears if Spotify refuses the client secret that the user has just
 * entered.
 */
export function refusedSecret(clientId: string) {
  return {
    text: l10n.t(
      'Spotify refuses this client secret for the client ID {0}….',
      shortClientId(clientId),
    ),
    detail: l10n.t(
      'Compare the client ID and the client secret with those on your app’s page in the dashboard. If you are sure that they are right, choose Keep It to store the client secret. Otherwise, it is not stored.',
    ),
    another: l10n.t('Enter Another Secret'),
    keep: l10n.t({ message: 'Keep It', comment: ['keeps the client secret'] }),
  };
}

/** Notices about an app's client secret and access token. */
export const appNotices = {
  /** If the user closes this notice, the client secret is deleted. */
  refused: (clientId: string): Message => ({
    text: l10n.t(
      'Spotify refuses the client secret of your app (client ID {0}…). If you are sure that the client secret is right, choose Keep It. Otherwise, it is deleted.',
      shortClientId(clientId),
    ),
    actions: ['enterAnother', 'keep'],
  }),
  /** About a client secret that stays stored, because the user chose Keep It earlier. */
  stillRefused: (clientId: string): Message => ({
    text: l10n.t(
      'Spotify still refuses the client secret of your app (client ID {0}…).',
      shortClientId(clientId),
    ),
    actions: ['enterAnother', 'openDashboard'],
  }),
  refusedOfEnvironment: (): Message => ({
    text: l10n.t(
      'Spotify refuses the client secret in the environment variable {0} for your client ID. Correct the variable, and restart {1}.',
      variable,
      env.appName,
    ),
    actions: ['openDashboard'],
  }),
  /** Tells the user why the session of the app cannot be signed out in the editor. */
  ofEnvironment: (): Message => ({
    text: l10n.t(
      'The client secret of your app cannot be removed here, because it is in the environment variable {0}. Remove the variable, and restart {1}.',
      variable,
      env.appName,
    ),
    actions: [],
  }),
  unchecked: (): Message => ({
    text: l10n.t(
      'Spotify cannot check the client secret at the moment. Later, repeat the action that needed it.',
    ),
    actions: ['diagnose', 'showLog'],
  }),
  none: (): Message => ({
    text: l10n.t('Getting an access token of your app failed. The log shows why.'),
    actions: ['tryAgain', 'showLog'],
  }),
  /** Shown if the call that needed the client secret has failed before the user entered it. */
  late: (): Message => ({
    text: l10n.t('The client secret of your app works. Repeat the action that needed it.'),
    actions: [],
  }),
  copied: (ends: number): Message => ({
    text: l10n.t({
      message: 'The access token of your app is copied. It expires {0}.',
      args: [fromNow(ends)],
      comment: ['{0}: “in 47 minutes”'],
    }),
    actions: [],
  }),
} as const;

/**
 * The texts of the dialog that asks the user before an access token of an app is copied.
 * @param ends When the token expires, in seconds since the epoch.
 */
export function copyAppTokenQuestion(clientId: string, ends: number) {
  return {
    text: l10n.t('Copy an access token of your app?'),
    detail: l10n.t({
      message:
        'Until {1}, the token gives access to Spotify’s catalogue as your app (client ID {0}…), but to no account. Every program can read the clipboard.',
      args: [shortClientId(clientId), timeOfDay(ends)],
      comment: ['{1}: “2:32 PM”'],
    }),
    button: l10n.t({ message: 'Copy', comment: ['a button'] }),
  };
}
