import * as vscode from 'vscode';
import type { PageKind } from '../auth/authorize.ts';
import type { SpotifyServers } from '../common/spotifyServers.ts';
import { isForwarded, windowUri } from '../flows/queryEnvironment.ts';
import { pageStrings, returnLink } from '../messages/browserPage.ts';
import { testServerAdvice } from '../messages/testServer.ts';
import type { ExtensionHost } from '../window/extensionHost.ts';
import { FileNoticeClaims } from './fileNoticeClaims.ts';
import { FileRefreshLock } from './fileRefreshLock.ts';
import { FileSessionRevisions } from './fileSessionRevisions.ts';
import { LoopbackServer } from '../auth/node/loopbackServer.ts';
import { loopbackFlow } from '../flows/loopbackFlow.ts';
import { LONGEST_TURN_MS } from '../flows/relayFlow.ts';
import { NO_LOCK } from '../sessions/acrossWindows.ts';
import { nodeMachine } from './nodeMachine.ts';
import { retriedReads } from './retriedReads.ts';
import { serverSecrets } from './serverSecrets.ts';
import { renderPage } from './signInPage.ts';

/** The parts of the extension context that {@link nodeHost} uses. */
export type NodeContext = Pick<vscode.ExtensionContext, 'secrets' | 'globalStorageUri'> & {
  readonly extension: Pick<vscode.Extension<unknown>, 'extensionUri' | 'extensionKind'>;
};

/**
 * Makes the parts that Node needs: a loopback server, and files that all windows of the computer
 * share.
 */
export function nodeHost(
  { globalStorageUri, extension, secrets: editorSecrets }: NodeContext,
  servers: SpotifyServers,
): ExtensionHost {
  const { extensionUri, extensionKind } = extension;
  const secrets = retriedReads(editorSecrets);
  const kind = extensionKind === vscode.ExtensionKind.Workspace ? 'remote' : 'local';
  const folder = (name: string) => vscode.Uri.joinPath(globalStorageUri, name).fsPath;
  return {
    kind,
    servers,
    secrets,
    serverSecrets: serverSecrets(secrets, servers.testServer),
    lock: new FileRefreshLock(folder('sessions')),
    // On the desktop, the address of the relay names the window.
    relayLock:
      vscode.env.uiKind === vscode.UIKind.Web
        ? new FileRefreshLock(folder('sessions'), LONGEST_TURN_MS)
        : NO_LOCK,
    revisions: new FileSessionRevisions(folder('sessions')),
    storesSuspensions: true,
    claims: new FileNoticeClaims(folder('notices')),
    clientAuthentication: 'client_secret_basic',
    machine: {
      ...nodeMachine,
      environmentProblems: () => (servers.testServer === undefined ? [] : [testServerAdvice()]),
    },
    loopback: loopbackFlow({
      listen: (options) => LoopbackServer.listen(options),
      isForwarded: (port) => isForwarded(port, kind),
      loadPage: () => loadSignInPage(extensionUri),
    }),
  };
}

/**
 * Returns a function that makes the last page in the browser tab of a sign-in, as HTML. The
 * template is `media/callback.html`.
 */
async function loadSignInPage(extensionUri: vscode.Uri): Promise<(kind: PageKind) => string> {
  const file = vscode.Uri.joinPath(extensionUri, 'media', 'callback.html');
  const template = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  // If the editor has no translation of the extension, the texts are English.
  const language = vscode.l10n.bundle ? vscode.env.language : 'en';
  const href = await windowUri();
  const link = href ? { href, text: returnLink() } : undefined;
  return (kind) => renderPage(template, { kind, language, link, ...pageStrings(kind) });
}
