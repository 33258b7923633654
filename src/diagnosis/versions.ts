import os from 'node:os';
import process from 'node:process';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../redirectUri.ts';

/** What runs where, each as it calls itself. */
export interface Versions {
  readonly extension: string;
  readonly editor: string;
  readonly appHost: string;
  readonly uriScheme: string;
  readonly ui: 'desktop' | 'web';
  readonly extensionHost: 'ui' | 'workspace';
  /** The kind of remote: `ssh-remote`, `wsl`; `''` for one not known, undefined for none. */
  readonly remote: string | undefined;
  readonly system: string;
  readonly node: string;
  readonly electron: string | undefined;
}

export function versions(): Versions {
  const { env, ExtensionKind, UIKind } = vscode;
  const extension = vscode.extensions.getExtension<unknown>(EXTENSION_ID);
  const { version } = (extension?.packageJSON ?? {}) as { version?: unknown };
  return {
    extension: String(version),
    editor: `${env.appName} ${vscode.version}`,
    appHost: env.appHost,
    uriScheme: env.uriScheme,
    ui: env.uiKind === UIKind.Web ? 'web' : 'desktop',
    extensionHost: extension?.extensionKind === ExtensionKind.Workspace ? 'workspace' : 'ui',
    remote: env.remoteName === undefined ? undefined : kindOf(env.remoteName),
    system: `${process.platform} ${numbersOf(os.release())} ${process.arch}`,
    node: process.versions.node,
    electron: process.versions['electron'],
  };
}

const REMOTES =
  /^(ssh-remote|wsl|dev-container|attached-container|k8s-container|codespaces|tunnel)$/;

/** Of a plain server the name is its host. */
const kindOf = (remoteName: string): string => (REMOTES.test(remoteName) ? remoteName : '');

/** What follows them, whoever built the system chose. */
const numbersOf = (release: string): string => /^[\d.]*/.exec(release)?.[0] ?? '';
