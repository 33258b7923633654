import * as vscode from 'vscode';
import type { PageKind } from '../auth/callbackPage.ts';
import type { SpotifyServers } from '../configuration.ts';
import { pageWords, returnWords } from '../messages/browserPage.ts';
import { openPage } from '../openPage.ts';
import type { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import type { CallbackLinks } from './callbackLinks.ts';
import { wasCopied } from './copiedLink.ts';
import { editorLinkFlow } from './editorLinkFlow.ts';
import type { GuidedEnvironment } from './guidedSignIn.ts';
import { loopbackFlow } from './loopbackFlow.ts';
import { askForAddress } from './pasteBox.ts';
import { pasteFlow } from './pasteFlow.ts';
import { callbackUri, isForwarded, survey, windowUri } from './place.ts';
import { editorLink } from '../redirectUri.ts';
import { relayFlow } from './relayFlow.ts';
import { RunningSignIns } from './runningSignIns.ts';
import { renderPage } from './signInPage.ts';

/** The one HTTP client that obeys the user's proxy and certificates in an extension host. */
export const editorFetch = (url: string, init: RequestInit): Promise<Response> =>
  globalThis.fetch(url, init);

/** What the surroundings are made of. */
export interface EditorEnvironmentOptions {
  readonly servers: SpotifyServers;
  readonly extensionUri: vscode.Uri;
  readonly extensionKind: vscode.ExtensionKind;
  readonly links: CallbackLinks;
  readonly setUp: ClientIdSetUp;
}

/** A sign-in's surroundings in the editor. */
export function editorEnvironment(options: EditorEnvironmentOptions): GuidedEnvironment {
  const { servers, extensionUri, extensionKind, links, setUp } = options;
  return {
    servers,
    fetch: editorFetch,
    loadPage: () => loadPage(extensionUri),
    openBrowser,
    survey: () => survey(extensionKind),
    running: new RunningSignIns(),
    setUp,
    flows: {
      loopback: loopbackFlow((port) => isForwarded(port, extensionKind)),
      editorLink: editorLinkFlow(links, editorLink(vscode.env.uriScheme)),
      relay: relayFlow(links, callbackUri),
      paste: pasteFlow(askForAddress),
    },
  };
}

async function loadPage(extensionUri: vscode.Uri): Promise<(kind: PageKind) => string> {
  const file = vscode.Uri.joinPath(extensionUri, 'media', 'callback.html');
  const template = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  // Without a translation the words are English.
  const language = vscode.l10n.bundle ? vscode.env.language : 'en';
  const href = await windowUri();
  const link = href ? { href, text: returnWords() } : undefined;
  return (kind) => renderPage(template, { kind, language, link, ...pageWords(kind) });
}

/** @throws vscode.CancellationError when the person declines to open the page. */
async function openBrowser(url: string): Promise<void> {
  if (!(await openPage(url)) && !(await wasCopied(url))) throw new vscode.CancellationError();
}
