import * as vscode from 'vscode';
import { defaultFetch } from '../auth/globalFetch.ts';
import type { SpotifyServers } from '../common/configuration.ts';
import { openPage } from '../common/openPage.ts';
import { editorLink } from '../common/redirectUri.ts';
import type { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import type { CallbackUriHandler } from '../flows/callbackUriHandler.ts';
import type { FlowQuery } from '../flows/chooseFlow.ts';
import { wasCopied } from './copiedLink.ts';
import { editorLinkFlow } from '../flows/editorLinkFlow.ts';
import type { OpenFlow } from '../flows/flow.ts';
import type { GuidedEnvironment } from './signIn.ts';
import { askForAddress } from '../flows/pasteBox.ts';
import { pasteFlow } from '../flows/pasteFlow.ts';
import { callbackUri, queryEnvironment } from '../flows/queryEnvironment.ts';
import { relayFlow } from '../flows/relayFlow.ts';
import { RunningSignIns } from './runningSignIns.ts';

/** What the surroundings are made of. */
export interface EditorEnvironmentOptions {
  readonly servers: SpotifyServers;
  readonly host: {
    readonly kind: FlowQuery['host'];
    /** Undefined where no server can listen. */
    readonly loopback: OpenFlow | undefined;
  };
  readonly callbackUriHandler: CallbackUriHandler;
  readonly setUp: ClientIdSetUp;
}

/** A sign-in's surroundings in the editor. */
export function editorEnvironment(options: EditorEnvironmentOptions): GuidedEnvironment {
  const { servers, host, callbackUriHandler, setUp } = options;
  return {
    servers,
    fetch: defaultFetch,
    openBrowser,
    queryEnvironment: () => queryEnvironment(host.kind),
    running: new RunningSignIns(),
    setUp,
    flows: {
      loopback: host.loopback,
      editorLink: editorLinkFlow(callbackUriHandler, editorLink(vscode.env.uriScheme)),
      relay: relayFlow(callbackUriHandler, callbackUri),
      paste: pasteFlow(askForAddress),
    },
  };
}

/** @throws vscode.CancellationError when the person declines to open the page. */
async function openBrowser(url: string): Promise<void> {
  if (!(await openPage(url)) && !(await wasCopied(url))) throw new vscode.CancellationError();
}
