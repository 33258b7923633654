import { l10n } from 'vscode';
import { isInvalidClient } from '../auth/errors.ts';
import type { Client } from '../common/client.ts';
import type { Message } from './message.ts';

/** Messages that say why an extension gets no access token. */
export const tokenFailures = {
  noToken: (): Message => ({
    text: l10n.t(
      'Spotify cannot be reached at the moment, so there is no valid access token. You stay signed in.',
    ),
    actions: [],
  }),
  noAppToken: (): Message => ({
    text: l10n.t(
      'Spotify cannot be reached at the moment, so there is no access token of your app.',
    ),
    actions: [],
  }),
} as const;

/**
 * The message about a client ID that Spotify does not know (in a sign-in), or no longer knows (in a
 * session). If an extension named the client ID, only the extension's author can correct it.
 * @param client Undefined means the client ID of the settings or the environment.
 */
export function unknownClient(client: Client | undefined, during: 'signIn' | 'session'): Message {
  const isOfExtension = client?.source === 'extension';
  if (during === 'session') return isOfExtension ? lostClient.ofExtension() : lostClient.own();
  return isOfExtension ? wrongClient.ofExtension() : wrongClient.own();
}

const wrongClient = {
  own: (): Message => ({
    text: l10n.t('Spotify does not know the client ID. Compare it with the one in the dashboard.'),
    actions: ['setUpClientId', 'tryAgain'],
  }),
  ofExtension: (): Message => ({
    text: l10n.t(
      'Spotify does not know the extension’s own client ID. Tell the extension’s author.',
    ),
    actions: ['tryAgain'],
  }),
} as const;

const lostClient = {
  own: (): Message => ({
    text: l10n.t(
      'Spotify no longer knows the client ID of your session. Check in the dashboard whether your Spotify app still exists. If it does not, create a new app and set up its client ID.',
    ),
    actions: ['openDashboard', 'setUpClientId'],
  }),
  ofExtension: (): Message => ({
    text: l10n.t(
      'Spotify no longer knows the extension’s own client ID, with which you signed in. Tell the extension’s author.',
    ),
    actions: [],
  }),
} as const;

/**
 * Makes the error for an extension that asked for a token, after the refresh has failed with `error`.
 * @param client The client of the session; undefined for a token of the app itself.
 * @param other Makes the message for every failure except a client ID that Spotify does not know.
 */
export function refreshFailure(
  error: unknown,
  client?: Client,
  other = tokenFailures.noToken,
): Error {
  const message = isInvalidClient(error) ? unknownClient(client, 'session') : other();
  return new Error(message.text, { cause: error });
}
