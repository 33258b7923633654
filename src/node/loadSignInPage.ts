import * as vscode from 'vscode';
import type { PageKind } from '../auth/authorize.ts';
import { pageStrings, returnStrings } from '../messages/browserPage.ts';
import { windowUri } from '../flows/queryEnvironment.ts';
import { renderPage } from './signInPage.ts';

/** Makes the documents that a browser's tab ends on, from `media/callback.html`. */
export async function loadSignInPage(
  extensionUri: vscode.Uri,
): Promise<(kind: PageKind) => string> {
  const file = vscode.Uri.joinPath(extensionUri, 'media', 'callback.html');
  const template = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  // Without a translation the words are English.
  const language = vscode.l10n.bundle ? vscode.env.language : 'en';
  const href = await windowUri();
  const link = href ? { href, text: returnStrings() } : undefined;
  return (kind) => renderPage(template, { kind, language, link, ...pageStrings(kind) });
}
