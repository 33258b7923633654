import { env, l10n } from 'vscode';
import type { PageKind } from '../auth/authorize.ts';

/**
 * The heading and the sentence of the extension's own page, which the browser shows after Spotify's
 * page.
 */
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
        text: `${l10n.t('No account was signed in.')} ${back}`,
      };
    case 'failed':
      return {
        title: l10n.t('The sign-in failed'),
        text: l10n.t('Return to {0} to see what happened.', env.appName),
      };
    case 'expired':
      return {
        title: l10n.t('This sign-in has ended'),
        text: l10n.t(
          'The sign-in was cancelled, or took too long. Start again in {0}.',
          env.appName,
        ),
      };
    case 'used':
      return { title: l10n.t('This sign-in was completed in another tab'), text: back };
    case 'unknown':
      return {
        title: l10n.t('No sign-in is waiting for this page'),
        text: l10n.t('The sign-in may have expired. Start again in {0}.', env.appName),
      };
  }
}

/** The text of the link below the sentence. The link opens the editor. */
export const returnLink = (): string => l10n.t('Return to {0}', env.appName);
