import { env, l10n } from 'vscode';
import type { Message } from './message.ts';
import { plainText } from './plainText.ts';

/** What becomes of a session without anybody having done something. */
export const notices = {
  ended: (account: string): Message => ({
    text: l10n.t(
      'Spotify has ended the session of {0}. Sign in again to go on using it.',
      plainText(account),
    ),
    actions: ['signInAgain'],
  }),
  endsSoon: (account: string, days: number): Message => ({
    text:
      days <= 1
        ? l10n.t(
            'Spotify ends the session of {0} within a day. Sign in again to keep it.',
            plainText(account),
          )
        : l10n.t(
            'Spotify ends the session of {0} in {1} days. Sign in again to keep it.',
            plainText(account),
            days,
          ),
    actions: ['signInAgain'],
  }),
  unreadable: (): Message => ({
    text: l10n.t(
      'A stored Spotify session cannot be read. It was left as it is; other sessions work.',
    ),
    actions: ['remove', 'showLog'],
  }),
  storageLost: (): Message => ({
    text: l10n.t(
      'Your Spotify sessions did not survive the restart: {0} has no place for secrets that lasts, such as a keyring. You will have to sign in after each start until it has one.',
      env.appName,
    ),
    actions: ['learnMore'],
  }),
} as const;

/** An extension beside this one that signs in to Spotify, too: VS Code asks one of them. */
export const competingProviders = {
  /** One that is in sight: it may be asked. */
  installed: (name: string, id: string): Message => ({
    text: l10n.t(
      'Both “{0}” ({1}) and this extension sign in to Spotify, but VS Code asks only one of them. Until you disable or uninstall one, sign-ins may come from the other.',
      plainText(name),
      plainText(id),
    ),
    actions: ['showExtension'],
  }),
  /** One that is out of sight: it is asked. */
  answering: (): Message => ({
    text: l10n.t(
      'Another extension signs in to Spotify in this window, and VS Code asks it instead of this one. Sign-ins come from there until you disable or uninstall one of the two.',
    ),
    actions: ['showExtensions'],
  }),
} as const;
