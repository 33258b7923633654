import * as vscode from 'vscode';
import { EXTENSION_ID } from '../common/redirectUri.ts';
import type { Machine, SystemFinding } from './machine.ts';
import { REMOTE_KINDS } from './remoteKinds.ts';

/** Names and versions of the extension, the editor and the operating system. */
export interface VersionsFinding extends SystemFinding {
  readonly extension: string;
  readonly editor: string;
  readonly appHost: string;
  readonly uriScheme: string;
  readonly ui: 'desktop' | 'web';
  /** The kind of remote, such as `ssh-remote` or `wsl`; `''` if unknown, undefined without a remote. */
  readonly remote: string | undefined;
}

export function versionsFinding({ system }: Pick<Machine, 'system'>): VersionsFinding {
  // Destructuring `vscode` itself would add its whole namespace to the bundle.
  const env = vscode.env;
  const extension = vscode.extensions.getExtension<unknown>(EXTENSION_ID);
  const { version } = (extension?.packageJSON ?? {}) as { version?: unknown };
  return {
    extension: String(version),
    editor: `${env.appName} ${vscode.version}`,
    appHost: env.appHost,
    uriScheme: env.uriScheme,
    ui: env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop',
    remote: env.remoteName === undefined ? undefined : kindOf(env.remoteName),
    ...system(),
  };
}

/** Returns the kind of remote; `''` if the name is unknown, because it may be the host of a server. */
const kindOf = (remoteName: string): string =>
  REMOTE_KINDS.split('|').includes(remoteName) ? remoteName : '';
