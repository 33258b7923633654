import { l10n } from 'vscode';
import type { FlowName } from '../common/configuration.ts';
import { plainText } from './plainText.ts';

/**
 * The texts of the steps that lead to a client ID. VS Code does not wrap the items of a list, so their
 * texts are short.
 */
export const setUpStrings = {
  openDashboard: (): string => l10n.t('Open the Spotify Dashboard'),
  app: {
    title: (): string => l10n.t('Set Up Spotify: Your Own App'),
    why: (): string => l10n.t('A Spotify app can serve only five users, so you need your own'),
    create: (): string =>
      l10n.t('Create an app in the dashboard. Its owner needs Spotify Premium.'),
    haveOne: (): string => l10n.t('I Have an App'),
    haveOneDetail: (): string =>
      l10n.t('Choose this if the app’s owner has Premium and you are one of its listed users.'),
  },
  redirectUris: {
    title: (): string => l10n.t('Set Up Spotify: Redirect URIs'),
    what: (): string =>
      l10n.t('Choose a redirect URI to copy it, then add it to your app’s settings'),
    copy: (uri: string): string => l10n.t('Copy {0}', plainText(uri)),
    goOn: (): string => l10n.t('Continue'),
    goOnDetail: (): string =>
      l10n.t('Choose this after you have added the needed URIs to your app’s settings and saved.'),
  },
  clientId: {
    title: (): string => l10n.t('Set Up Spotify: Client ID'),
    prompt: (): string =>
      l10n.t(
        'Copy the client ID from your app’s page in the Spotify dashboard and paste it here. You do not need the client secret.',
      ),
    placeholder: (): string => l10n.t('Client ID'),
    missing: (): string => l10n.t('Paste the client ID of your Spotify app.'),
    unusual: (): string =>
      l10n.t(
        'This does not look like a client ID, which usually has 32 characters, 0 to 9 and a to f. Press Enter to use it anyway.',
      ),
    unknown: (): string =>
      l10n.t(
        'Spotify does not know this client ID. Compare it with the one in the dashboard, or press Enter to ask Spotify again.',
      ),
  },
} as const;

/**
 * The line below a redirect URI in a list. It says whether the app must list the URI, or that the user
 * has copied the URI, and how the browser returns to it.
 * @param flow The flow that uses the URI; `settings` for the URI that the user configured.
 */
export function redirectUriDetail(
  flow: FlowName | 'settings',
  state: 'needed' | 'optional' | 'copied',
): string {
  const args = [redirectUriUse(flow)];
  switch (state) {
    case 'needed':
      return l10n.t({
        message: 'Needed. {0}',
        args,
        comment: ['{0}: a sentence, the use of a URI'],
      });
    case 'optional':
      return l10n.t({
        message: 'Optional. {0}',
        args,
        comment: ['{0}: a sentence, the use of a URI'],
      });
    case 'copied':
      return l10n.t({
        message: 'Copied. {0}',
        args,
        comment: ['{0}: a sentence, the use of a URI'],
      });
  }
}

function redirectUriUse(flow: FlowName | 'settings'): string {
  switch (flow) {
    case 'settings':
      return l10n.t('Your settings name this redirect URI.');
    case 'loopback':
      return l10n.t('The browser returns to this computer.');
    case 'editorLink':
      return l10n.t('The browser opens this editor by a link.');
    case 'relay':
      return l10n.t('The browser returns through vscode.dev.');
    case 'paste':
      return l10n.t('You paste the address that the browser shows at the end.');
  }
}
