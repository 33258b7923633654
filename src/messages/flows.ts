import { env, l10n } from 'vscode';
import type { FlowName } from '../common/configuration.ts';
import { editorLink, RELAY_REDIRECT_URI } from '../common/redirectUri.ts';

/** A way back by its name, and what it needs. */
export function flowStrings(flow: FlowName): { label: string; detail: string } {
  const app = env.appName;
  switch (flow) {
    case 'loopback':
      return {
        label: l10n.t('Automatically'),
        detail: l10n.t('The browser reaches {0} at an address of this computer.', app),
      };
    case 'editorLink':
      return {
        label: l10n.t('By a link to {0}', app),
        detail: l10n.t(
          'The browser opens {0}. Your Spotify app must list {1}.',
          app,
          editorLink(env.uriScheme),
        ),
      };
    case 'relay':
      return {
        label: l10n.t('By way of vscode.dev'),
        detail: l10n.t(
          'A page of Microsoft’s opens {0}. Your Spotify app must list {1}.',
          app,
          RELAY_REDIRECT_URI,
        ),
      };
    case 'paste':
      return {
        label: l10n.t('Paste the address'),
        detail: l10n.t(
          'Use any browser, also on another device, and paste the address it ends on.',
        ),
      };
  }
}

export const anotherFlowStrings = {
  title: (): string => l10n.t('How Should the Browser Get Back to {0}?', env.appName),
} as const;

/** Why a way back could not be opened, though the place allows it. */
export const unavailableStrings = {
  portInUse: (port: number): string =>
    l10n.t(
      'Port {0} of this computer is used by another program, or by a sign-in in another window, so the browser cannot come back there.',
      port,
    ),
  cannotListen: (port: number): string =>
    port === 0
      ? l10n.t('No port of this computer can be used, so the browser cannot come back by itself.')
      : l10n.t(
          'Port {0} of this computer cannot be used, so the browser cannot come back there.',
          port,
        ),
  notForwarded: (port: number): string =>
    l10n.t('Your browser cannot reach port {0} of the remote computer.', port),
} as const;

export type FlowFault = keyof typeof unavailableStrings;
