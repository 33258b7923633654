import { env, l10n } from 'vscode';
import { CLIENT_SECRET_VARIABLE as variable } from '../common/configuration.ts';
import type { Message } from './message.ts';
import { fromNow, timeOfDay } from './moments.ts';
import { startOf } from './plainText.ts';

/** The box for the client secret. */
export const secretBox = {
  title: (): string => l10n.t('Spotify: Client Secret of Your App'),
  prompt: (clientId: string): string =>
    l10n.t(
      'With it, extensions can search Spotify’s catalogue in the name of your app (client ID {0}…), without anybody’s account. Copy it from your app’s page in the Spotify dashboard and paste it here. It stays in the secret storage of {1}: extensions get access tokens only.',
      startOf(clientId),
      env.appName,
    ),
  placeholder: (): string => l10n.t('Client secret'),
  missing: (): string => l10n.t('Paste the client secret of your Spotify app.'),
} as const;

export const askingForAppToken = (): string =>
  l10n.t('Asking Spotify for an access token of your app…');

/** After Spotify has refused a client secret that was typed just now. */
export function refusedSecret(clientId: string) {
  const id = startOf(clientId);
  return {
    text: l10n.t('Spotify refuses this client secret for the client ID {0}….', id),
    detail: l10n.t(
      'Compare both with your app’s page in the dashboard. It is kept if you say so only.',
    ),
    another: l10n.t('Enter Another'),
    keep: l10n.t('Keep It'),
  };
}

/** What becomes of an app's client secret. */
export const appNotices = {
  /** Closing this forgets it. */
  refused: (clientId: string): Message => ({
    text: l10n.t(
      'Spotify refuses the client secret of your app (client ID {0}…). It is forgotten unless you keep it.',
      startOf(clientId),
    ),
    actions: ['enterAnother', 'keep'],
  }),
  /** It is kept since the person said so. */
  stillRefused: (clientId: string): Message => ({
    text: l10n.t(
      'Spotify still refuses the client secret of your app (client ID {0}…).',
      startOf(clientId),
    ),
    actions: ['enterAnother', 'openDashboard'],
  }),
  refusedOfEnvironment: (): Message => ({
    text: l10n.t(
      'Spotify refuses the client secret in {0} for your client ID. Correct it there, and restart {1}.',
      variable,
      env.appName,
    ),
    actions: ['openDashboard'],
  }),
  /** Why an app's session cannot be removed here. */
  ofEnvironment: (): Message => ({
    text: l10n.t(
      'The client secret of your app cannot be forgotten here: it is in {0}. Remove it there, and restart {1}.',
      variable,
      env.appName,
    ),
    actions: [],
  }),
  unchecked: (): Message => ({
    text: l10n.t(
      'Spotify cannot say at the moment whether the client secret is right. Try again later what you needed it for.',
    ),
    actions: ['diagnose', 'showLog'],
  }),
  none: (): Message => ({
    text: l10n.t('There is no access token of your app. The log says why.'),
    actions: ['tryAgain', 'showLog'],
  }),
  /** Nobody waits for it any more. */
  late: (): Message => ({
    text: l10n.t('The client secret of your app works. Do again what you needed it for.'),
    actions: [],
  }),
  copied: (ends: number): Message => ({
    text: l10n.t('The access token of your app is copied. It ends {0}.', fromNow(ends)),
    actions: [],
  }),
} as const;

/** Before the access token of an app is copied; it ends at that moment. */
export function copyAppTokenQuestion(clientId: string, ends: number) {
  return {
    text: l10n.t('Copy an access token of your app?'),
    detail: l10n.t(
      'Whoever has it can read Spotify’s catalogue as your app (client ID {0}…) until {1}, but nothing of anybody’s account. Every program can read the clipboard.',
      startOf(clientId),
      timeOfDay(ends),
    ),
    button: l10n.t('Copy'),
  };
}
