import { env, l10n } from 'vscode';
import type { FlowName } from '../common/configuration.ts';
import { editorLink, RELAY_REDIRECT_URI } from '../common/redirectUri.ts';

/**
 * A sign-in flow as an item of the list with the title of {@link anotherFlowStrings}: its name, and how
 * the browser returns.
 */
export function flowStrings(flow: FlowName): { label: string; detail: string } {
  return { label: flowLabel(flow), detail: flowDetail(flow) };
}

function flowLabel(flow: FlowName): string {
  switch (flow) {
    case 'loopback':
      return l10n.t({
        message: 'Automatically',
        comment: ['how the browser returns'],
      });
    case 'editorLink':
      return l10n.t({
        message: 'By a link to {0}',
        args: [env.appName],
        comment: ['how the browser returns. {0}: the editor'],
      });
    case 'relay':
      return l10n.t({
        message: 'Through vscode.dev',
        comment: ['how the browser returns'],
      });
    case 'paste':
      return l10n.t({
        message: 'Paste the address',
        comment: ['how the browser’s answer gets to the editor'],
      });
  }
}

function flowDetail(flow: FlowName): string {
  switch (flow) {
    case 'loopback':
      return l10n.t('The browser reaches {0} at an address of this computer.', env.appName);
    case 'editorLink':
      return l10n.t(
        'The browser opens {0}. Your Spotify app must list {1}.',
        env.appName,
        editorLink(env.uriScheme),
      );
    case 'relay':
      return l10n.t(
        'A page of Microsoft opens {0}. Your Spotify app must list {1}.',
        env.appName,
        RELAY_REDIRECT_URI,
      );
    case 'paste':
      return l10n.t(
        'Use any browser, even on another device, and paste the address that the browser shows at the end.',
      );
  }
}

export const anotherFlowStrings = {
  title: (): string => l10n.t('How Should the Browser Return to {0}?', env.appName),
} as const;

/** The sentences that say why a sign-in flow could not start, although the environment supports it. */
export const unavailableStrings = {
  portInUse: (port: number): string =>
    l10n.t(
      'Another program, or a sign-in in another window, uses port {0} of this computer, so the browser cannot return to that port.',
      port,
    ),
  portReserved: (port: number): string =>
    l10n.t(
      'The operating system reserves port {0} of this computer, so the browser cannot return to that port.',
      port,
    ),
  cannotListen: (port: number): string =>
    port === 0
      ? l10n.t('No port of this computer can be used, so the browser cannot return by itself.')
      : l10n.t(
          'Port {0} of this computer cannot be used, so the browser cannot return to that port.',
          port,
        ),
  notForwarded: (port: number): string =>
    l10n.t('Your browser cannot reach port {0} of the remote computer.', port),
} as const;

export type FlowFault = keyof typeof unavailableStrings;
