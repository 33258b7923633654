import { env, l10n } from 'vscode';
import type { Message } from './message.ts';
import { plainText } from './plainText.ts';

/**
 * The messages about a failed sign-in. They never contain a server's own text, because VS Code would
 * show the links in it.
 */
export const failures = {
  denied: (isOffered = false): Message => ({
    text: l10n.t('You declined access on Spotify’s page, so no account was signed in.'),
    actions: isOffered ? ['tryAgain', 'dontOfferAgain'] : ['tryAgain'],
  }),
  timedOut: (): Message => ({
    text: l10n.t('No answer from Spotify’s page arrived in time, so no account was signed in.'),
    actions: ['tryAgain', 'tryAnotherWay'],
  }),
  redirectUri: {
    notAnAddress: (uri: string): Message => ({
      text: l10n.t(
        'The redirect URI “{0}” in the settings is not a valid URI. Correct it, or clear the setting.',
        plainText(uri),
      ),
      actions: ['openSettings', 'tryAgain'],
    }),
    localhost: (uri: string): Message => ({
      text: l10n.t(
        'Spotify does not accept “localhost” in a redirect URI. Register http://127.0.0.1/callback instead of {0}. Then enter the new URI in the settings, or clear the setting.',
        plainText(uri),
      ),
      actions: ['openSettings', 'openDashboard', 'tryAgain'],
    }),
    insecure: (uri: string): Message => ({
      text: l10n.t(
        'Spotify accepts a redirect URI that begins with http:// only for 127.0.0.1 and [::1]. Correct {0} in the settings, or clear the setting.',
        plainText(uri),
      ),
      actions: ['openSettings', 'tryAgain'],
    }),
    otherFlow: (uri: string): Message => ({
      text: l10n.t(
        'The redirect URI {0} and the sign-in flow in the settings do not belong together. Change one of the two settings.',
        plainText(uri),
      ),
      actions: ['openSettings', 'tryAgain'],
    }),
  },
  /** Messages about a fault of the user's own Spotify app. */
  ofOwnApp: {
    notListed: (): Message => ({
      text: l10n.t(
        'Spotify refuses this account: it is not on the user list of your Spotify app. Add the account’s e-mail address under User Management in the dashboard, then sign in again.',
      ),
      actions: ['openDashboard', 'tryAgain'],
    }),
    ownerNeedsPremium: (): Message => ({
      text: l10n.t(
        'Spotify refuses your Spotify app: its owner needs Spotify Premium. After the owner gets Premium, some hours can pass until the app works.',
      ),
      actions: ['openPremium', 'tryAgain'],
    }),
  },
  /**
   * Messages about a fault of a Spotify app that an extension named. Only the extension's author can
   * correct such a fault.
   */
  ofExtensionApp: {
    notListed: (): Message => ({
      text: l10n.t(
        'Spotify refuses this account: it is not on the user list of the extension’s own Spotify app. Ask the extension’s author to add the account.',
      ),
      actions: ['tryAgain'],
    }),
    ownerNeedsPremium: (): Message => ({
      text: l10n.t(
        'Spotify refuses the extension’s own Spotify app: its owner needs Spotify Premium. Tell the extension’s author.',
      ),
      actions: ['tryAgain'],
    }),
  },
  unreachable: (): Message => ({
    text: l10n.t('Spotify cannot be reached. Check the network and the editor’s proxy settings.'),
    actions: ['tryAgain', 'diagnose', 'showLog'],
  }),
  busy: (): Message => ({
    text: l10n.t('Spotify is too busy to answer at the moment. Try again in a few minutes.'),
    actions: ['tryAgain', 'showLog'],
  }),
  /** After the sentence about a failure that leaves the consent valid. */
  needsNoConsent: (): string => l10n.t('You do not have to agree a second time.'),
  accountUnanswered: (): Message => ({
    text: l10n.t(
      'Spotify cannot tell at the moment which account signed in. Try again; you do not have to agree a second time.',
    ),
    actions: ['tryAgain', 'showLog'],
  }),
  notStored: (): Message => ({
    text: l10n.t(
      '{0} refuses to store what you have entered or agreed to. If the editor runs in a browser, free some of the browser’s storage. Otherwise, unlock or set up a keyring. Then try again.',
      env.appName,
    ),
    actions: ['tryAgain', 'learnMore', 'diagnose'],
  }),
  other: (): Message => ({
    text: l10n.t('Signing in to Spotify failed.'),
    actions: ['tryAgain', 'diagnose', 'showLog'],
  }),
} as const;
