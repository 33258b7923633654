import * as vscode from 'vscode';
import type { FlowName } from '../common/configuration.ts';
import { plainText } from './plainText.ts';

const { t } = vscode.l10n;

/** The steps that lead to a client ID. Lines of a list do not wrap, so these are short. */
export const setUpStrings = {
  openDashboard: (): string => t('Open the Spotify Dashboard'),
  app: {
    title: (): string => t('Set Up Spotify: Your Own App'),
    why: (): string => t('Spotify lets an app serve five people, so you use your own'),
    create: (): string => t('Create an app there. Its owner needs Spotify Premium.'),
    haveOne: (): string => t('I Have an App'),
    haveOneDetail: (): string => t('Its owner has Premium, you are one of its five listed users.'),
  },
  redirectUris: {
    title: (): string => t('Set Up Spotify: Redirect URIs'),
    what: (): string => t('Choose one to copy it, then add it to your app’s settings'),
    copy: (uri: string): string => t('Copy {0}', plainText(uri)),
    goOn: (): string => t('Continue'),
    goOnDetail: (): string => t('Your app lists what is needed, and is saved.'),
  },
  clientId: {
    title: (): string => t('Set Up Spotify: Client ID'),
    prompt: (): string =>
      t(
        'Copy the client ID from your app’s page in the Spotify dashboard and paste it here. Its client secret is not needed.',
      ),
    placeholder: (): string => t('Client ID'),
    missing: (): string => t('Paste the client ID of your Spotify app.'),
    unusual: (): string =>
      t(
        'This does not look like a client ID: those seen so far have 32 characters, 0 to 9 and a to f. Press Enter to use it all the same.',
      ),
    unknown: (): string =>
      t(
        'Spotify does not know this client ID. Compare it with the one in the dashboard; press Enter to ask Spotify again.',
      ),
  },
} as const;

/** What a redirect URI is for: one of the flows, or `settings` where the person configured it. */
export function redirectUriDetail(
  flow: FlowName | 'settings',
  state: 'needed' | 'optional' | 'copied',
): string {
  const use = redirectUriUse(flow);
  switch (state) {
    case 'needed':
      return t('Needed. {0}', use);
    case 'optional':
      return t('Optional. {0}', use);
    case 'copied':
      return t('Copied. {0}', use);
  }
}

function redirectUriUse(flow: FlowName | 'settings'): string {
  switch (flow) {
    case 'settings':
      return t('It is the one of your settings.');
    case 'loopback':
      return t('The browser comes back to this computer.');
    case 'editorLink':
      return t('The browser opens this editor by a link.');
    case 'relay':
      return t('The browser comes back by vscode.dev.');
    case 'paste':
      return t('You paste the address the browser ends on.');
  }
}
