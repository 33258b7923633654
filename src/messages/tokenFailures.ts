import * as vscode from 'vscode';
import type { Message } from './message.ts';

const { t } = vscode.l10n;

/** Why there is no access token. */
export const tokenFailures = {
  noToken: (): Message => ({
    text: t(
      'Spotify cannot be reached at the moment, so there is no valid token. You stay signed in.',
    ),
    actions: [],
  }),
  noAppToken: (): Message => ({
    text: t('Spotify cannot be reached at the moment, so there is no access token of your app.'),
    actions: [],
  }),
  unknownClient: (): Message => ({
    text: t('Spotify does not know the client ID. Compare it with the one in the dashboard.'),
    actions: ['setUpClientId', 'tryAgain'],
  }),
  /** Only its author can mend it. */
  unknownMarkedClient: (): Message => ({
    text: t(
      'Spotify does not know the client ID that the extension brings. Tell the extension’s author.',
    ),
    actions: ['tryAgain'],
  }),
} as const;
