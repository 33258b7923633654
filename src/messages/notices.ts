import { env, l10n } from 'vscode';
import type { Message } from './message.ts';
import { roundedFromNow } from './moments.ts';
import { plainText, shortClientId } from './plainText.ts';

/** Messages about sessions that ended or were lost without the user's doing. Each is shown once. */
export const notices = {
  ended: (account: string): Message => ({
    text: l10n.t(
      'Spotify has ended the session of {0}. Sign in again to keep using this account.',
      plainText(account),
    ),
    actions: ['signInAgain'],
  }),
  endsSoon: (account: string, days: number): Message => ({
    text:
      days <= 1
        ? l10n.t(
            'Spotify ends the session of {0} within a day. Sign in again to stay signed in.',
            plainText(account),
          )
        : l10n.t({
            message: 'Spotify ends the session of {0} {1}. Sign in again to stay signed in.',
            args: [plainText(account), roundedFromNow(days * 24 * 3600)],
            comment: ['{0}: an account. {1}: “in 13 days”'],
          }),
    actions: ['signInAgain'],
  }),
  /** @param clientId The client ID that is configured now. */
  clientChanged: (clientId: string): Message => ({
    text: l10n.t(
      'The configured client ID is now {0}…, but you signed in with another one. Sign in again to use the configured one. Until then, your sessions work as before.',
      shortClientId(clientId),
    ),
    actions: ['signInAgain'],
  }),
  unreadable: (): Message => ({
    text: l10n.t(
      'A stored Spotify session cannot be read. Your other sessions work. Choose Remove to delete the unreadable session.',
    ),
    actions: ['remove', 'showLog'],
  }),
  notFound: (): Message => ({
    text: l10n.t(
      'Your Spotify session ends with this window, because {0} does not list its secrets. Sign in again after each reload.',
      env.appName,
    ),
    actions: [],
  }),
  storageLost: (): Message => ({
    text: l10n.t(
      'Your Spotify sessions did not survive the restart, because {0} has no permanent storage for secrets, such as a keyring. Until it has one, you have to sign in after each start.',
      env.appName,
    ),
    actions: ['learnMore'],
  }),
} as const;

/** Messages about another extension that also signs in to Spotify. VS Code uses only one of the two. */
export const competingProviders = {
  /** The other extension is installed in the same extension host. VS Code may use either of the two. */
  installed: (name: string, id: string): Message => ({
    text: l10n.t(
      'Both “{0}” ({1}) and this extension sign in to Spotify, but VS Code uses only one of the two. Disable or uninstall one; until then, the other extension may handle your sign-ins.',
      plainText(name),
      plainText(id),
    ),
    actions: ['showExtension'],
  }),
  /** The other extension runs in another extension host, and VS Code uses that extension. */
  answering: (): Message => ({
    text: l10n.t(
      'Another extension signs in to Spotify in this window, and VS Code uses it instead of this extension. Disable or uninstall one of the two; until then, the other extension handles your sign-ins.',
    ),
    actions: ['showExtensions'],
  }),
} as const;
