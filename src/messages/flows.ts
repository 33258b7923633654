import * as vscode from 'vscode';
import type { FlowName } from '../configuration.ts';

const { t } = vscode.l10n;

/** A way back by its name, and what it needs. */
export function flowWords(flow: FlowName): { label: string; detail: string } {
  const app = vscode.env.appName;
  switch (flow) {
    case 'loopback':
      return {
        label: t('Come back by itself'),
        detail: t('The browser reaches {0} at an address of this computer.', app),
      };
    case 'editorLink':
      return {
        label: t('Come back by a link to {0}', app),
        detail: t('The browser asks whether it may open {0}.', app),
      };
    case 'relay':
      return {
        label: t('Come back by way of vscode.dev'),
        detail: t('A page of Microsoft’s hands the answer on to {0}.', app),
      };
    case 'paste':
      return {
        label: t('Paste the address'),
        detail: t('Use any browser, also on another device, and paste the address it ends on.'),
      };
  }
}

export const anotherWayWords = {
  title: (): string => t('How Is the Answer to Come Back?'),
} as const;

/** Why a way back could not be opened, though the place allows it. */
export const unavailableWords = {
  portInUse: (port: number): string =>
    t(
      'Port {0} of this computer is used by another program, so the browser cannot come back there.',
      port,
    ),
  cannotListen: (port: number): string =>
    port === 0
      ? t('No port of this computer can be used, so the browser cannot come back by itself.')
      : t('Port {0} of this computer cannot be used, so the browser cannot come back there.', port),
  notForwarded: (port: number): string =>
    t('Port {0} of the remote computer is not forwarded, so the browser cannot reach it.', port),
} as const;

export type FlowFault = keyof typeof unavailableWords;
