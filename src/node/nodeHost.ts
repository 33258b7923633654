import * as vscode from 'vscode';
import type { ExtensionHost } from '../window/extensionHost.ts';
import { isForwarded } from '../flows/queryEnvironment.ts';
import { FileRefreshLock } from './fileRefreshLock.ts';
import { FileSessionRevisions } from './fileSessionRevisions.ts';
import { loadSignInPage } from './loadSignInPage.ts';
import { LoopbackServer } from '../auth/node/loopbackServer.ts';
import { loopbackFlow } from '../flows/loopbackFlow.ts';
import { nodeMachine } from './nodeMachine.ts';
import { FileNoticeClaims } from './fileNoticeClaims.ts';

/** What {@link nodeHost} needs of the extension's context. */
export type NodeContext = Pick<vscode.ExtensionContext, 'secrets' | 'globalStorageUri'> & {
  readonly extension: Pick<vscode.Extension<unknown>, 'extensionUri' | 'extensionKind'>;
};

/** The edges to Node: files, servers, the system. All windows of a machine see the same files. */
export function nodeHost({ secrets, globalStorageUri, extension }: NodeContext): ExtensionHost {
  const { extensionUri, extensionKind } = extension;
  const kind = extensionKind === vscode.ExtensionKind.Workspace ? 'remote' : 'local';
  const folder = (name: string) => vscode.Uri.joinPath(globalStorageUri, name).fsPath;
  return {
    kind,
    secrets,
    lock: new FileRefreshLock(folder('sessions')),
    revisions: new FileSessionRevisions(folder('sessions')),
    storesSuspensions: true,
    claims: new FileNoticeClaims(folder('notices')),
    clientAuthentication: 'client_secret_basic',
    machine: nodeMachine,
    loopback: loopbackFlow({
      listen: (options) => LoopbackServer.listen(options),
      isForwarded: (port) => isForwarded(port, kind),
      loadPage: () => loadSignInPage(extensionUri),
    }),
  };
}
