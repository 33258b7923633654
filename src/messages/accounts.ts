import { l10n } from 'vscode';
import { day, fromNow, timeOfDay } from './moments.ts';
import { plainText, shortClientId } from './plainText.ts';

/** The texts of the list of signed-in accounts. */
export const accountsStrings = {
  title: (): string => l10n.t('Spotify Accounts'),
  placeholder: (): string => l10n.t('Choose an account to see what you can do with it'),
  notSignedIn: (): string => l10n.t('You are not signed in to Spotify'),
  signIn: (): string => l10n.t('Sign In'),
  signInWithAnother: (): string => l10n.t('Sign In with Another Account'),
} as const;

/**
 * Describes a session in one line: when its access token expires, when its consent ends, and its client
 * ID. `tokenEnds` and `consentEnds` are in seconds since the epoch.
 */
export function sessionDetail(session: {
  readonly tokenEnds: number;
  readonly consentEnds: number;
  readonly clientId: string;
}): string {
  const { tokenEnds, consentEnds, clientId } = session;
  const now = Date.now() / 1000;
  const token =
    tokenEnds > now
      ? l10n.t({
          message: 'Token expires {0}',
          args: [fromNow(tokenEnds)],
          comment: ['{0}: “in 47 minutes”'],
        })
      : l10n.t({
          message: 'Token expired {0} and is renewed when needed',
          args: [fromNow(tokenEnds)],
          comment: ['{0}: “5 minutes ago”'],
        });
  const consent =
    consentEnds > now
      ? l10n.t({
          message: 'consent ends {0}, {1}',
          args: [fromNow(consentEnds), day(consentEnds)],
          comment: ['{0}: “in 99 days”. {1}: a date'],
        })
      : l10n.t({ message: 'consent has ended', comment: ['after “Token expires … · ”'] });
  const client = l10n.t('client ID {0}…', shortClientId(clientId));
  return [token, consent, client].join(' · ');
}

/**
 * Describes a session whose client ID an extension named: its scopes, and that its app is the
 * extension's own.
 */
export const extensionAppScopes = (scopes: string): string =>
  l10n.t({
    message: '{0} · extension’s own app',
    args: [plainText(scopes)],
    comment: ['{0}: “user-read-email, …”'],
  });

/** The actions for a session: the label of each, and a sentence about its effect. */
export const sessionActionStrings = {
  refresh: () => ({
    label: l10n.t('Refresh Access Token'),
    detail: l10n.t('Gets a new access token from Spotify, even if the old one is still valid.'),
  }),
  copy: () => ({
    label: l10n.t('Copy Access Token'),
    detail: l10n.t('Lets you try out Spotify’s Web API. You are asked to confirm first.'),
  }),
  manage: () => ({
    label: l10n.t('Manage Access on Spotify'),
    detail: l10n.t('Opens the list of apps that have access to your Spotify account.'),
  }),
  signOut: () => ({
    label: l10n.t('Sign Out'),
    detail: l10n.t('Removes this session from every window.'),
  }),
} as const;

/** The placeholder above the list of {@link sessionActionStrings}. */
export const sessionPlaceholder = (scopes: string, clientId: string): string =>
  l10n.t({
    message: '{0} · client ID {1}',
    args: [plainText(scopes), plainText(clientId)],
    comment: ['{0}: “user-read-email, …”'],
  });

/** The titles of the lists in which the user chooses one of several sessions or accounts. */
export const chooseStrings = {
  refresh: (): string => l10n.t('Choose the Access Token to Refresh'),
  copy: (): string => l10n.t('Choose the Access Token to Copy'),
  signOut: (): string => l10n.t('Choose the Account to Sign Out Of'),
} as const;

/**
 * The texts of the dialog that asks the user before an access token is copied.
 * @param ends When the token expires, in seconds since the epoch.
 */
export function copyQuestion(account: string, scopes: string, ends: number) {
  return {
    text: l10n.t('Copy the access token of {0}?', plainText(account)),
    detail: l10n.t({
      message:
        'Until {0}, the token gives access to this account with the permissions that you granted ({1}), even after you sign out. Every program can read the clipboard.',
      args: [timeOfDay(ends), plainText(scopes)],
      comment: ['{0}: “2:32 PM”. {1}: “user-read-email, …”'],
    }),
    button: l10n.t({ message: 'Copy', comment: ['a button'] }),
  };
}

/** The texts of the dialogs that ask the user before a sign-out, if VS Code does not ask itself. */
export const signOutQuestion = {
  account: (account: string) => ({
    text: l10n.t('Sign out of Spotify as {0}?', plainText(account)),
    detail: l10n.t('Extensions that use this account will have to ask you to sign in again.'),
    button: l10n.t('Sign Out'),
  }),
  session: (account: string, scopes: string) => ({
    text: l10n.t('Sign out of one session of {0}?', plainText(account)),
    detail: l10n.t({
      message:
        'This is the session with the permissions {0}. The other sessions of this account stay signed in.',
      args: [plainText(scopes)],
      comment: ['{0}: “user-read-email, …”'],
    }),
    button: l10n.t('Sign Out'),
  }),
} as const;
