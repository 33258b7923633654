import { l10n } from 'vscode';
import type { Client } from '../common/client.ts';
import { plainText } from './plainText.ts';

/** The remedy for a page of Spotify that does not redirect to the editor. */
type PageFix = 'register' | 'clientId' | 'scopes' | 'paste' | 'anotherWay' | 'cancel';

interface PageSituation {
  readonly client: Client;
  /** Whether another sign-in flow is available. */
  readonly mayLeave: boolean;
}

/**
 * The list of the texts that Spotify's page may show, each with its meaning and its remedy. The page is
 * in English, so its texts are not translated.
 */
export function pageSaysStrings(redirectUri: string, { client, mayLeave }: PageSituation) {
  const { unlisted, unknown } =
    client.source === 'extension' ? ofExtensionApp(redirectUri, mayLeave) : ofOwnApp(redirectUri);
  const items: { says: string; means: string; fix: PageFix }[] = [
    { says: 'INVALID_CLIENT: Invalid redirect URI', ...unlisted },
    {
      says: 'INVALID_CLIENT: Insecure redirect URI',
      means: l10n.t(
        'Spotify does not accept {0} at the moment. Try another way.',
        plainText(redirectUri),
      ),
      fix: 'anotherWay',
    },
    { says: 'INVALID_CLIENT: Invalid client / Failed to get client', ...unknown },
    {
      says: 'Illegal scope',
      means: l10n.t('Sign in without the permission that Spotify does not know.'),
      fix: 'scopes',
    },
    {
      says: l10n.t('The page cannot be reached'),
      means: l10n.t(
        'You agreed, but the browser could not open the page after that. Copy the address from the browser’s address bar, and paste it.',
      ),
      fix: 'paste',
    },
    {
      says: l10n.t({
        message: 'Something else, or nothing',
        comment: ['what Spotify’s page says'],
      }),
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

/** The faults of the user's own Spotify app, which the user can correct. */
function ofOwnApp(redirectUri: string): AppFaults {
  return {
    unlisted: {
      means: l10n.t(
        'Your Spotify app does not list {0}. Copy this URI, and add it to the app.',
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

/**
 * What the faults of a Spotify app mean whose client ID an extension named. Only the extension's author can
 * correct them.
 */
function ofExtensionApp(redirectUri: string, mayLeave: boolean): AppFaults {
  return {
    unlisted: mayLeave
      ? {
          means: l10n.t(
            'The extension’s own Spotify app does not list {0}. Try another way.',
            plainText(redirectUri),
          ),
          fix: 'anotherWay',
        }
      : {
          means: l10n.t(
            'The extension’s own Spotify app does not list {0}. Cancel, and tell the extension’s author.',
            plainText(redirectUri),
          ),
          fix: 'cancel',
        },
    unknown: {
      means: l10n.t(
        'Spotify does not know the extension’s own client ID. Cancel, and tell the extension’s author.',
      ),
      fix: 'cancel',
    },
  };
}

/**
 * The message that tells the user to add the redirect URI to the Spotify app in the dashboard. It is
 * shown after that URI has been copied.
 */
export function registerStrings(redirectUri: string) {
  return {
    text: l10n.t({
      message:
        '{0} is copied. In the dashboard, open your Spotify app, add the copied URI under Redirect URIs, and save. Then open the page again.',
      args: [plainText(redirectUri)],
      comment: ['{0}: a URI. “Redirect URIs”: as on Spotify’s page'],
    }),
    openDashboard: l10n.t('Open Spotify Dashboard'),
    openAgain: l10n.t('Open the Page Again'),
  };
}

/**
 * The texts of the dialog about requested scopes that Spotify does not document. The dialog is shown
 * before the browser opens.
 */
export function unknownScopesStrings(scopes: readonly string[]) {
  const names = plainText(scopes.join(', '));
  return {
    text:
      scopes.length === 1
        ? l10n.t('An extension asks for a permission that Spotify does not document: {0}.', names)
        : l10n.t('An extension asks for permissions that Spotify does not document: {0}.', names),
    detail: l10n.t(
      'Spotify’s page will probably show “Illegal scope” and not return to the editor. The extension may be out of date, or Spotify may have added a permission.',
    ),
    leaveOut: l10n.t({
      message: 'Leave Out',
      comment: ['leaves out the permission'],
    }),
    askAnyway: l10n.t({
      message: 'Ask Anyway',
      comment: ['asks for the permission'],
    }),
    pickTitle: l10n.t('Choose the Permissions to Leave Out'),
  };
}
