import * as vscode from 'vscode';
import { configuredRedirectUri, configuredSignInFlow } from '../common/configuration.ts';
import type { FlowQuery } from './chooseFlow.ts';
import { editorLink, returnLink } from '../common/redirectUri.ts';

/**
 * Reads the environment of this window. VS Code's API does not tell `host`, so the caller passes
 * it.
 */
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
 * Whether the user's browser reaches a port of the extension host under the same number. VS Code
 * may forward a port of a remote computer to another number. The redirect URI would not lead there. An
 * editor whose API lacks the proposal `tunnels` has none.
 */
export async function isForwarded(port: number, host: FlowQuery['host']): Promise<boolean> {
  if (vscode.env.uiKind === vscode.UIKind.Web || host !== 'remote') return true;
  // An editor without tunnels, such as Theia, returns the address of this computer, and forwards nothing.
  if (!('openTunnel' in vscode.workspace)) return false;
  const uri = await vscode.env.asExternalUri(vscode.Uri.parse(`http://127.0.0.1:${port}`));
  return /^(127\.0\.0\.1|localhost):(\d+)$/.exec(uri.authority)?.[2] === String(port);
}

/** Reads `env.isAppPortable`; false if the editor is too old to have that property. */
function isPortable(): boolean {
  return (vscode.env as { isAppPortable?: boolean }).isAppPortable ?? false;
}

/**
 * Returns the host of the editor's page; undefined if it is unknown. In a browser, VS Code turns a
 * link to the editor into an http address with this host. Theia leaves the link as it is, but replaces
 * loopback hosts by this host.
 */
async function pageHost(): Promise<string | undefined> {
  const host = await hostOf(editorLink(vscode.env.uriScheme));
  if (host !== undefined) return host;
  const hosts = ['127.0.0.1', 'localhost'].map((one) => hostOf(`http://${one}:1`));
  // An editor that leaves these addresses as they are, too, does not tell its host.
  const [one, other] = await Promise.all(hosts);
  return one === other ? one : undefined;
}

/** Returns the host, in lower case, of the http or https address into which the editor turns a link. */
async function hostOf(link: string): Promise<string | undefined> {
  const address = await external(link).catch(() => '');
  return /^https?:\/\/(\[[^\]]*\]|[^/:]*)/i.exec(address)?.[1]?.toLowerCase();
}

/**
 * Returns an address that carries `query`. The browser opens it, and VS Code passes it to this
 * window's URI handler.
 */
export async function callbackUri(query: string): Promise<string> {
  return external(`${editorLink(vscode.env.uriScheme)}?${query}`);
}

/**
 * Returns an address that brings this window to the front. Undefined if the user's browser cannot
 * open such an address.
 */
export async function windowUri(): Promise<string | undefined> {
  if (vscode.env.uiKind === vscode.UIKind.Web || isPortable()) return undefined;
  return external(returnLink(vscode.env.uriScheme)).catch(() => undefined);
}

async function external(link: string): Promise<string> {
  // `true` prevents a second encoding. An address that is encoded twice does not reach this window.
  return (await vscode.env.asExternalUri(vscode.Uri.parse(link))).toString(true);
}
