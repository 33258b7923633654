import { l10n } from 'vscode';
import type { Client } from '../common/client.ts';
import type { Action, Message } from './message.ts';
import { shortClientId } from './plainText.ts';

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
 * The message about a client ID that Spotify does not know during a sign-in. If an extension named the
 * client ID, only the extension's author can correct it.
 * @param client Undefined means the client ID of the settings or the environment.
 */
export function unknownClient(client: Client | undefined): Message {
  return client?.source === 'extension'
    ? {
        text: l10n.t(
          'Spotify does not know the extension’s own client ID. Tell the extension’s author.',
        ),
        actions: ['tryAgain'],
      }
    : {
        text: l10n.t(
          'Spotify does not know the client ID. Compare it with the one in the dashboard.',
        ),
        actions: ['setUpClientId', 'tryAgain'],
      };
}

/**
 * The message about the client ID of a session that Spotify no longer knows, for example because the
 * app was deleted.
 * @param configured The client ID of the settings or the environment; undefined if there is none.
 */
export function lostClient({ id, source }: Client, configured: string | undefined): Message {
  const lost = l10n.t(
    'Spotify no longer knows the client ID {0}…, with which you signed in.',
    shortClientId(id),
  );
  const { advice, actions } = adviceOn(source, configured !== undefined && configured !== id);
  return { text: `${lost} ${advice}`, actions };
}

function adviceOn(
  source: Client['source'],
  hasOther: boolean,
): { readonly advice: string; readonly actions: readonly Action[] } {
  if (source === 'extension') {
    return {
      advice: l10n.t('This client ID belongs to an extension. Tell the author of the extension.'),
      actions: [],
    };
  }
  return hasOther
    ? {
        advice: l10n.t('Sign in again with the client ID that is configured now.'),
        actions: ['signInAgain'],
      }
    : {
        advice: l10n.t(
          'Check in the dashboard whether your Spotify app still exists. If it does not, create a new app and set up its client ID.',
        ),
        actions: ['openDashboard', 'setUpClientId'],
      };
}

/**
 * Makes the error for an extension that asked for a token, after a request to Spotify has failed with
 * `error`.
 */
export const refreshFailure = (error: unknown, message = tokenFailures.noToken): Error =>
  new Error(message().text, { cause: error });
