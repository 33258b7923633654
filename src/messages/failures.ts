import { l10n } from 'vscode';
import type { Message } from './message.ts';
import { plainText } from './plainText.ts';

/** Why a sign-in failed. A server's own words never get in here: links in them would be live. */
export const failures = {
  denied: (): Message => ({
    text: l10n.t('You declined access on Spotify’s page, so nobody was signed in.'),
    actions: ['tryAgain'],
  }),
  timedOut: (): Message => ({
    text: l10n.t('Spotify’s page was not answered in time, so nobody was signed in.'),
    actions: ['tryAgain', 'tryAnotherWay'],
  }),
  redirectUri: {
    notAnAddress: (uri: string): Message => ({
      text: l10n.t('The redirect URI “{0}” of the settings is no address.', plainText(uri)),
      actions: ['openSettings', 'tryAgain'],
    }),
    localhost: (uri: string): Message => ({
      text: l10n.t(
        'Spotify refuses “localhost” in a redirect URI. Register http://127.0.0.1/callback instead of {0}, and put that into the settings or nothing at all.',
        plainText(uri),
      ),
      actions: ['openSettings', 'openDashboard', 'tryAgain'],
    }),
    insecure: (uri: string): Message => ({
      text: l10n.t(
        'Spotify takes a redirect URI that begins with http:// for 127.0.0.1 and [::1] only, so not {0} of the settings.',
        plainText(uri),
      ),
      actions: ['openSettings', 'tryAgain'],
    }),
    otherFlow: (uri: string): Message => ({
      text: l10n.t(
        'The settings name a sign-in flow to which their redirect URI {0} does not belong. Change one of them.',
        plainText(uri),
      ),
      actions: ['openSettings', 'tryAgain'],
    }),
  },
  /** Of the person's own app. */
  ofApp: {
    notListed: (): Message => ({
      text: l10n.t(
        'Spotify refuses this account: it is not on the user list of your Spotify app. Add its e-mail address under User Management in the dashboard, then sign in again.',
      ),
      actions: ['openDashboard', 'tryAgain'],
    }),
    ownerNeedsPremium: (): Message => ({
      text: l10n.t(
        'Spotify refuses your Spotify app: its owner needs Spotify Premium. After a change it can take some hours until the app works.',
      ),
      actions: ['openPremium', 'tryAgain'],
    }),
  },
  /** Of one that an extension has brought: only its author can mend it. */
  ofMarkedApp: {
    notListed: (): Message => ({
      text: l10n.t(
        'Spotify refuses this account: it is not on the user list of the extension’s own Spotify app. Only the extension’s author can add it.',
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
  accountUnanswered: (): Message => ({
    text: l10n.t(
      'Spotify cannot say at the moment who signed in. Try again: you will not have to agree once more.',
    ),
    actions: ['tryAgain', 'showLog'],
  }),
  other: (): Message => ({
    text: l10n.t('Signing in to Spotify failed.'),
    actions: ['tryAgain', 'diagnose', 'showLog'],
  }),
} as const;
