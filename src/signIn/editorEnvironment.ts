import * as vscode from 'vscode';
import type { PageKind } from '../auth/callbackPage.ts';
import type { SpotifyServers } from '../configuration.ts';
import { pageWords } from '../messages/browserPage.ts';
import { openLoopbackFlow } from './loopbackFlow.ts';
import type { SignInEnvironment } from './signIn.ts';
import { renderPage } from './signInPage.ts';

/** The one HTTP client that obeys the user's proxy and certificates in an extension host. */
export const editorFetch = (url: string, init: RequestInit): Promise<Response> =>
  globalThis.fetch(url, init);

/** A sign-in's surroundings in the editor. */
export function editorEnvironment(
  servers: SpotifyServers,
  extensionUri: vscode.Uri,
): SignInEnvironment {
  return {
    servers,
    fetch: editorFetch,
    openFlow: openLoopbackFlow,
    loadPage: () => loadPage(extensionUri),
    openBrowser,
  };
}

async function loadPage(extensionUri: vscode.Uri): Promise<(kind: PageKind) => string> {
  const file = vscode.Uri.joinPath(extensionUri, 'media', 'callback.html');
  const template = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  // Without a translation the words are English.
  const language = vscode.l10n.bundle ? vscode.env.language : 'en';
  return (kind) => renderPage(template, { language, ...pageWords(kind) });
}

/** @throws vscode.CancellationError when the person declines to open the page. */
async function openBrowser(url: string): Promise<void> {
  // As text: a Uri would decode the parameters, and an "&" in one of them would begin another.
  const opened = await vscode.env.openExternal(url as unknown as vscode.Uri);
  if (!opened) throw new vscode.CancellationError();
}
