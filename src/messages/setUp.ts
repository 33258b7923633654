import { l10n } from 'vscode';
import type { FlowName } from '../common/configuration.ts';
import { plainText } from './plainText.ts';

/** The steps that lead to a client ID. Lines of a list do not wrap, so these are short. */
export const setUpStrings = {
  openDashboard: (): string => l10n.t('Open the Spotify Dashboard'),
  app: {
    title: (): string => l10n.t('Set Up Spotify: Your Own App'),
    why: (): string => l10n.t('Spotify lets an app serve five people, so you use your own'),
    create: (): string => l10n.t('Create an app there. Its owner needs Spotify Premium.'),
    haveOne: (): string => l10n.t('I Have an App'),
    haveOneDetail: (): string =>
      l10n.t('Its owner has Premium, you are one of its five listed users.'),
  },
  redirectUris: {
    title: (): string => l10n.t('Set Up Spotify: Redirect URIs'),
    what: (): string => l10n.t('Choose one to copy it, then add it to your app’s settings'),
    copy: (uri: string): string => l10n.t('Copy {0}', plainText(uri)),
    goOn: (): string => l10n.t('Continue'),
    goOnDetail: (): string => l10n.t('Your app lists what is needed, and is saved.'),
  },
  clientId: {
    title: (): string => l10n.t('Set Up Spotify: Client ID'),
    prompt: (): string =>
      l10n.t(
        'Copy the client ID from your app’s page in the Spotify dashboard and paste it here. Its client secret is not needed.',
      ),
    placeholder: (): string => l10n.t('Client ID'),
    missing: (): string => l10n.t('Paste the client ID of your Spotify app.'),
    unusual: (): string =>
      l10n.t(
        'This does not look like a client ID: those seen so far have 32 characters, 0 to 9 and a to f. Press Enter to use it all the same.',
      ),
    unknown: (): string =>
      l10n.t(
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
      return l10n.t('Needed. {0}', use);
    case 'optional':
      return l10n.t('Optional. {0}', use);
    case 'copied':
      return l10n.t('Copied. {0}', use);
  }
}

function redirectUriUse(flow: FlowName | 'settings'): string {
  switch (flow) {
    case 'settings':
      return l10n.t('It is the one of your settings.');
    case 'loopback':
      return l10n.t('The browser comes back to this computer.');
    case 'editorLink':
      return l10n.t('The browser opens this editor by a link.');
    case 'relay':
      return l10n.t('The browser comes back by vscode.dev.');
    case 'paste':
      return l10n.t('You paste the address the browser ends on.');
  }
}
