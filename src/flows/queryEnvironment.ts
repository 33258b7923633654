import * as vscode from 'vscode';
import { configuredRedirectUri, configuredSignInFlow } from '../common/configuration.ts';
import type { FlowQuery } from './chooseFlow.ts';
import { editorLink, returnLink } from '../common/redirectUri.ts';

/** The environment of this window. The caller passes `host`, which VS Code's API does not tell. */
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
 * Whether the user's browser reaches this port of the extension host under the same number. VS Code
 * may forward a port of a remote computer to another number, which the redirect URI does not name.
 */
export async function isForwarded(port: number, host: FlowQuery['host']): Promise<boolean> {
  if (vscode.env.uiKind === vscode.UIKind.Web || host !== 'remote') return true;
  const uri = await vscode.env.asExternalUri(vscode.Uri.parse(`http://127.0.0.1:${port}`));
  return /^(127\.0\.0\.1|localhost):(\d+)$/.exec(uri.authority)?.[2] === String(port);
}

/** `env.isAppPortable` is newer than the oldest editor that this extension runs in. */
function isPortable(): boolean {
  return (vscode.env as { isAppPortable?: boolean }).isAppPortable ?? false;
}

/** The host of the editor's page. In a browser, VS Code makes links to the editor http addresses there. */
async function pageHost(): Promise<string | undefined> {
  const callback = await callbackUri('').catch(() => '');
  return /^https?:\/\/(\[[^\]]*\]|[^/:]*)/i.exec(callback)?.[1]?.toLowerCase();
}

/** An address that reaches the URI handler of this window, with `query`. */
export async function callbackUri(query: string): Promise<string> {
  return external(`${editorLink(vscode.env.uriScheme)}?${query}`);
}

/** An address that brings this window to the front; undefined where a browser cannot open it. */
export async function windowUri(): Promise<string | undefined> {
  if (vscode.env.uiKind === vscode.UIKind.Web || isPortable()) return undefined;
  return external(returnLink(vscode.env.uriScheme)).catch(() => undefined);
}

async function external(link: string): Promise<string> {
  // Encoded twice, the address would not reach this window.
  return (await vscode.env.asExternalUri(vscode.Uri.parse(link))).toString(true);
}
