import { l10n } from 'vscode';
import { day, fromNow, timeOfDay } from './moments.ts';
import { plainText, startOf } from './plainText.ts';

/** The list of who is signed in. */
export const accountsStrings = {
  title: (): string => l10n.t('Spotify Accounts'),
  placeholder: (): string => l10n.t('Choose an account to see what you can do with it'),
  nobody: (): string => l10n.t('Nobody is signed in to Spotify'),
  signIn: (): string => l10n.t('Sign In'),
  signInWithAnother: (): string => l10n.t('Sign In with Another Account'),
} as const;

/** What is known of a session, in one line; the moments are seconds since the epoch. */
export function sessionDetail(session: {
  readonly tokenEnds: number;
  readonly consentEnds: number;
  readonly clientId: string;
}): string {
  const { tokenEnds, consentEnds, clientId } = session;
  const now = Date.now() / 1000;
  const token =
    tokenEnds > now
      ? l10n.t('Token ends {0}', fromNow(tokenEnds))
      : l10n.t('Token ended {0} and is renewed when needed', fromNow(tokenEnds));
  const consent =
    consentEnds > now
      ? l10n.t('consent ends {0}, {1}', fromNow(consentEnds), day(consentEnds))
      : l10n.t('consent has ended');
  return [token, consent, l10n.t('client ID {0}…', startOf(clientId))].join(' · ');
}

/** What a session may do, where an extension has brought the client ID. */
export const ofExtension = (scopes: string): string =>
  l10n.t('{0} · extension’s own app', plainText(scopes));

/** What can be done with a session: its name, and what comes of it. */
export const sessionActionStrings = {
  refresh: () => ({
    label: l10n.t('Refresh Access Token'),
    detail: l10n.t('Asks Spotify for a new one, also while the old one lasts.'),
  }),
  copy: () => ({
    label: l10n.t('Copy Access Token'),
    detail: l10n.t('For trying out Spotify’s Web API. You are asked first.'),
  }),
  manage: () => ({
    label: l10n.t('Manage Access on Spotify'),
    detail: l10n.t('Opens the list of apps in your Spotify account.'),
  }),
  signOut: () => ({
    label: l10n.t('Sign Out'),
    detail: l10n.t('Forgets the session in every window.'),
  }),
} as const;

/** Above the list of {@link sessionActionStrings}. */
export const sessionPlaceholder = (scopes: string, clientId: string): string =>
  l10n.t('{0} · client ID {1}', plainText(scopes), plainText(clientId));

/** Which one, where there are several. */
export const chooseStrings = {
  refresh: (): string => l10n.t('Refresh Which Access Token?'),
  copy: (): string => l10n.t('Copy Which Access Token?'),
  signOut: (): string => l10n.t('Sign Out of Which Account?'),
} as const;

/** Before an access token is copied; it ends at that moment. */
export function copyQuestion(account: string, scopes: string, ends: number) {
  return {
    text: l10n.t('Copy the access token of {0}?', plainText(account)),
    detail: l10n.t(
      'Whoever has it can use this account until {0} as far as you have agreed ({1}), and signing out does not stop them. Every program can read the clipboard.',
      timeOfDay(ends),
      plainText(scopes),
    ),
    button: l10n.t('Copy'),
  };
}

/** Before a sign-out, where VS Code does not ask by itself. */
export const signOutQuestion = {
  account: (account: string) => ({
    text: l10n.t('Sign out of Spotify as {0}?', plainText(account)),
    detail: l10n.t('Extensions that use this account will have to ask you again.'),
    button: l10n.t('Sign Out'),
  }),
  session: (account: string, scopes: string) => ({
    text: l10n.t('Sign out of one session of {0}?', plainText(account)),
    detail: l10n.t(
      'It is the one for {0}. The other sessions of this account stay.',
      plainText(scopes),
    ),
    button: l10n.t('Sign Out'),
  }),
} as const;
