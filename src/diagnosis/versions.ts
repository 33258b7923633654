import * as vscode from 'vscode';
import { EXTENSION_ID } from '../common/redirectUri.ts';
import type { Machine, SystemFinding } from './machine.ts';

/** What runs where, each as it calls itself. */
export interface Versions extends SystemFinding {
  readonly extension: string;
  readonly editor: string;
  readonly appHost: string;
  readonly uriScheme: string;
  readonly ui: 'desktop' | 'web';
  /** The kind of remote: `ssh-remote`, `wsl`; `''` for one not known, undefined for none. */
  readonly remote: string | undefined;
}

export function versions({ system }: Pick<Machine, 'system'>): Versions {
  const { env, UIKind } = vscode;
  const extension = vscode.extensions.getExtension<unknown>(EXTENSION_ID);
  const { version } = (extension?.packageJSON ?? {}) as { version?: unknown };
  return {
    extension: String(version),
    editor: `${env.appName} ${vscode.version}`,
    appHost: env.appHost,
    uriScheme: env.uriScheme,
    ui: env.uiKind === UIKind.Web ? 'web' : 'desktop',
    remote: env.remoteName === undefined ? undefined : kindOf(env.remoteName),
    ...system(),
  };
}

const REMOTES =
  /^(ssh-remote|wsl|dev-container|attached-container|k8s-container|codespaces|tunnel)$/;

/** Of a plain server the name is its host. */
const kindOf = (remoteName: string): string => (REMOTES.test(remoteName) ? remoteName : '');
