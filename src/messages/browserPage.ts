import * as vscode from 'vscode';
import type { PageKind } from '../auth/signInOutcome.ts';

const { t } = vscode.l10n;

/** Heading and sentence of the page a browser's tab ends on. */
export function pageStrings(kind: PageKind): { title: string; text: string } {
  const back = t('You can close this tab and return to {0}.', vscode.env.appName);
  switch (kind) {
    case 'signedIn':
      return { title: t('You are signed in to Spotify'), text: back };
    case 'received':
      return { title: t('Spotify has answered'), text: back };
    case 'denied':
      return { title: t('Access was declined'), text: `${t('Nobody was signed in.')} ${back}` };
    case 'failed':
      return {
        title: t('The sign-in did not work'),
        text: t('Return to {0}: it says what happened.', vscode.env.appName),
      };
    case 'expired':
      return {
        title: t('This sign-in is over'),
        text: t('It was cancelled, or took too long. Start again in {0}.', vscode.env.appName),
      };
    case 'used':
      return { title: t('This sign-in was completed in another tab'), text: back };
    case 'unknown':
      return {
        title: t('No sign-in is waiting for this page'),
        text: t('It may have expired. Start again in {0}.', vscode.env.appName),
      };
  }
}

/** The link below them. */
export const returnStrings = (): string => t('Return to {0}', vscode.env.appName);
