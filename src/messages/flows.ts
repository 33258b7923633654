import * as vscode from 'vscode';
import type { FlowName } from '../common/configuration.ts';
import { editorLink, RELAY_REDIRECT_URI } from '../common/redirectUri.ts';

const { t } = vscode.l10n;

/** A way back by its name, and what it needs. */
export function flowStrings(flow: FlowName): { label: string; detail: string } {
  const app = vscode.env.appName;
  switch (flow) {
    case 'loopback':
      return {
        label: t('Automatically'),
        detail: t('The browser reaches {0} at an address of this computer.', app),
      };
    case 'editorLink':
      return {
        label: t('By a link to {0}', app),
        detail: t(
          'The browser opens {0}. Your Spotify app must list {1}.',
          app,
          editorLink(vscode.env.uriScheme),
        ),
      };
    case 'relay':
      return {
        label: t('By way of vscode.dev'),
        detail: t(
          'A page of Microsoft’s opens {0}. Your Spotify app must list {1}.',
          app,
          RELAY_REDIRECT_URI,
        ),
      };
    case 'paste':
      return {
        label: t('Paste the address'),
        detail: t('Use any browser, also on another device, and paste the address it ends on.'),
      };
  }
}

export const anotherFlowStrings = {
  title: (): string => t('How Should the Browser Get Back to {0}?', vscode.env.appName),
} as const;

/** Why a way back could not be opened, though the place allows it. */
export const unavailableStrings = {
  portInUse: (port: number): string =>
    t(
      'Port {0} of this computer is used by another program, or by a sign-in in another window, so the browser cannot come back there.',
      port,
    ),
  cannotListen: (port: number): string =>
    port === 0
      ? t('No port of this computer can be used, so the browser cannot come back by itself.')
      : t('Port {0} of this computer cannot be used, so the browser cannot come back there.', port),
  notForwarded: (port: number): string =>
    t('Your browser cannot reach port {0} of the remote computer.', port),
} as const;

export type FlowFault = keyof typeof unavailableStrings;
