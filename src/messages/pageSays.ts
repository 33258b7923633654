import { l10n } from 'vscode';
import { plainText } from './plainText.ts';

/** What mends a page of Spotify's that never comes back. */
export type PageFix = 'register' | 'clientId' | 'scopes' | 'paste' | 'anotherWay' | 'cancel';

/**
 * What Spotify's page may say (its own words, so not translated), and what that means.
 * @param isMarked Whether the Spotify app is one that an extension brings.
 * @param mayLeave Whether there is another way.
 */
export function pageSaysStrings(
  redirectUri: string,
  { isMarked, mayLeave }: { readonly isMarked?: boolean | undefined; readonly mayLeave: boolean },
) {
  const { unlisted, unknown } = isMarked ? ofMarkedApp(redirectUri, mayLeave) : ofApp(redirectUri);
  const items: { says: string; means: string; fix: PageFix }[] = [
    { says: 'INVALID_CLIENT: Invalid redirect URI', ...unlisted },
    {
      says: 'INVALID_CLIENT: Insecure redirect URI',
      means: l10n.t(
        'Spotify does not take {0} at the moment. Try another way.',
        plainText(redirectUri),
      ),
      fix: 'anotherWay',
    },
    { says: 'INVALID_CLIENT: Invalid client / Failed to get client', ...unknown },
    {
      says: 'Illegal scope',
      means: l10n.t('Spotify does not know something that was asked for. Do without it.'),
      fix: 'scopes',
    },
    {
      says: l10n.t('The page cannot be reached'),
      means: l10n.t('You have agreed, and the browser found nobody there. Paste its address.'),
      fix: 'paste',
    },
    {
      says: l10n.t('Something else, or nothing'),
      means: l10n.t('Try another way.'),
      fix: 'anotherWay',
    },
  ];
  return { title: l10n.t('What Does Spotify’s Page Say?'), items };
}

interface AppFaults {
  readonly unlisted: { readonly means: string; readonly fix: PageFix };
  readonly unknown: { readonly means: string; readonly fix: PageFix };
}

function ofApp(redirectUri: string): AppFaults {
  return {
    unlisted: {
      means: l10n.t(
        'Your Spotify app does not list {0}. Copy it and add it.',
        plainText(redirectUri),
      ),
      fix: 'register',
    },
    unknown: {
      means: l10n.t('Spotify does not know your client ID. Correct it.'),
      fix: 'clientId',
    },
  };
}

/** Nobody but its author can mend what an extension brings. */
function ofMarkedApp(redirectUri: string, mayLeave: boolean): AppFaults {
  const shown = plainText(redirectUri);
  return {
    unlisted: mayLeave
      ? {
          means: l10n.t(
            'The extension’s own Spotify app does not list {0}. Try another way.',
            shown,
          ),
          fix: 'anotherWay',
        }
      : {
          means: l10n.t(
            'The extension’s own Spotify app does not list {0}. Cancel, and tell its author.',
            shown,
          ),
          fix: 'cancel',
        },
    unknown: {
      means: l10n.t(
        'Spotify does not know the extension’s client ID. Cancel, and tell its author.',
      ),
      fix: 'cancel',
    },
  };
}

/** After the redirect URI has been copied. */
export function registerStrings(redirectUri: string) {
  return {
    text: l10n.t(
      '{0} is copied. In the dashboard, open your Spotify app, add it under Redirect URIs, save, and open the page again.',
      plainText(redirectUri),
    ),
    openDashboard: l10n.t('Open Spotify Dashboard'),
    openAgain: l10n.t('Open the Page Again'),
  };
}

/** Before the browser opens, of scopes that Spotify does not name. */
export function unknownScopesStrings(scopes: readonly string[]) {
  const named = plainText(scopes.join(', '));
  return {
    text:
      scopes.length === 1
        ? l10n.t('An extension asks for a permission that Spotify does not know: {0}.', named)
        : l10n.t('An extension asks for permissions that Spotify does not know: {0}.', named),
    detail: l10n.t(
      'It would probably show “Illegal scope” and never come back. The extension that asks may be out of date, or Spotify has something new.',
    ),
    leaveOut: l10n.t('Leave Out'),
    askAnyway: l10n.t('Ask Anyway'),
    pickTitle: l10n.t('What to Do Without'),
  };
}
