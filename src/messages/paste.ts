import * as vscode from 'vscode';
import { plainText } from './plainText.ts';

const { t } = vscode.l10n;

/** The box for the address that a browser ended on. */
export const pasteStrings = {
  title: (): string => t('Sign In to Spotify: Paste the Address'),
  prompt: (redirectUri: string): string =>
    t(
      'The link to Spotify’s page is copied: open it in any browser and agree. The browser then ends on an address that begins with {0}, whether a page is there or not. Copy it from the address bar and paste it here.',
      plainText(redirectUri),
    ),
  copyLink: (): string => t('Copy the Link Again'),
  openLink: (): string => t('Open the Link Here'),
  notYet: (): string => t('Paste the whole address that the browser ended on.'),
  incomplete: (): string =>
    t(
      'That is not the address the browser ended on after you agreed. The right one contains “code=” and “state=”. Copy all of it.',
    ),
  otherSignIn: (): string =>
    t('That address belongs to another sign-in. Open the copied link, and paste where it ends.'),
} as const;
