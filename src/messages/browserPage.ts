import { env, l10n } from 'vscode';
import type { PageKind } from '../auth/authorize.ts';

/** Heading and sentence of the page a browser's tab ends on. */
export function pageStrings(kind: PageKind): { title: string; text: string } {
  const back = l10n.t('You can close this tab and return to {0}.', env.appName);
  switch (kind) {
    case 'signedIn':
      return { title: l10n.t('You are signed in to Spotify'), text: back };
    case 'received':
      return { title: l10n.t('Spotify has answered'), text: back };
    case 'denied':
      return {
        title: l10n.t('Access was declined'),
        text: `${l10n.t('Nobody was signed in.')} ${back}`,
      };
    case 'failed':
      return {
        title: l10n.t('The sign-in did not work'),
        text: l10n.t('Return to {0}: it says what happened.', env.appName),
      };
    case 'expired':
      return {
        title: l10n.t('This sign-in is over'),
        text: l10n.t('It was cancelled, or took too long. Start again in {0}.', env.appName),
      };
    case 'used':
      return { title: l10n.t('This sign-in was completed in another tab'), text: back };
    case 'unknown':
      return {
        title: l10n.t('No sign-in is waiting for this page'),
        text: l10n.t('It may have expired. Start again in {0}.', env.appName),
      };
  }
}

/** The link below them. */
export const returnStrings = (): string => l10n.t('Return to {0}', env.appName);
