import * as vscode from 'vscode';
import { configuredRedirectUri, configuredSignInFlow } from '../common/configuration.ts';
import type { FlowQuery } from './chooseFlow.ts';
import { editorLink, returnLink } from '../common/redirectUri.ts';

/** Where this window is, for {@link chooseFlows}; VS Code does not tell which `host` runs us. */
export async function queryEnvironment(host: FlowQuery['host']): Promise<FlowQuery> {
  const ui = vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop';
  return {
    host,
    ui,
    uriScheme: vscode.env.uriScheme,
    isPortable: isPortable(),
    pageHost: ui === 'web' ? await pageHost() : undefined,
    redirectUri: configuredRedirectUri(),
    signInFlow: configuredSignInFlow(),
  };
}

/**
 * Whether a browser beside the window reaches this port of ours under its own number. Of a remote
 * computer, VS Code forwards it to the same port or to another; what it opens needs the same.
 */
export async function isForwarded(port: number, host: FlowQuery['host']): Promise<boolean> {
  if (vscode.env.uiKind === vscode.UIKind.Web || host !== 'remote') return true;
  const uri = await vscode.env.asExternalUri(vscode.Uri.parse(`http://127.0.0.1:${port}`));
  return /^(127\.0\.0\.1|localhost):(\d+)$/.exec(uri.authority)?.[2] === String(port);
}

/** Newer than the oldest editor that we run in. */
function isPortable(): boolean {
  return (vscode.env as { isAppPortable?: boolean }).isAppPortable ?? false;
}

/** The host of the editor's page: in a browser, a link to the editor becomes an address below it. */
async function pageHost(): Promise<string | undefined> {
  const callback = await callbackUri('').catch(() => '');
  return /^https?:\/\/(\[[^\]]*\]|[^/:]*)/i.exec(callback)?.[1]?.toLowerCase();
}

/** An address that reaches our URI handler in this window, with `query`. */
export async function callbackUri(query: string): Promise<string> {
  return external(`${editorLink(vscode.env.uriScheme)}?${query}`);
}

/** An address that brings this window to the front; undefined where a browser cannot follow it. */
export async function windowUri(): Promise<string | undefined> {
  if (vscode.env.uiKind === vscode.UIKind.Web || isPortable()) return undefined;
  return external(returnLink(vscode.env.uriScheme)).catch(() => undefined);
}

async function external(link: string): Promise<string> {
  // A second encoding would reach nobody.
  return (await vscode.env.asExternalUri(vscode.Uri.parse(link))).toString(true);
}
