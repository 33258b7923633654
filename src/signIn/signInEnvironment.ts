import * as vscode from 'vscode';
import { defaultFetch } from '../auth/globalFetch.ts';
import type { Fetch } from '../auth/transport.ts';
import type { FlowName, SpotifyServers } from '../common/configuration.ts';
import { openPage } from '../common/openPage.ts';
import { editorLink } from '../common/redirectUri.ts';
import type { CallbackUriHandler } from '../flows/callbackUriHandler.ts';
import type { FlowQuery } from '../flows/chooseFlow.ts';
import { editorLinkFlow } from '../flows/editorLinkFlow.ts';
import type { OpenFlow } from '../flows/flow.ts';
import { askForAddress } from '../flows/pasteBox.ts';
import { pasteFlow } from '../flows/pasteFlow.ts';
import { callbackUri, queryEnvironment } from '../flows/queryEnvironment.ts';
import { relayFlow } from '../flows/relayFlow.ts';
import type { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import { wasCopied } from './copiedLink.ts';
import { RunningSignIns } from './runningSignIns.ts';

/** What a trip needs of the world around it. */
export interface TripEnvironment {
  readonly servers: SpotifyServers;
  readonly fetch: Fetch;
  /** Rejects when the user does not want the browser to open. */
  readonly openBrowser: (url: string) => Promise<void>;
}

/** What a sign-in needs of the editor. */
export interface SignInEnvironment extends TripEnvironment {
  /** The flows of this extension host; `paste` is always one of them. */
  readonly flows: Readonly<Record<FlowName, OpenFlow | undefined> & { paste: OpenFlow }>;
  readonly queryEnvironment: () => Promise<FlowQuery>;
  readonly running: RunningSignIns;
  readonly setUp: ClientIdSetUp;
}

/** What {@link signInEnvironment} is made from. */
export interface SignInEnvironmentOptions {
  readonly servers: SpotifyServers;
  readonly host: {
    readonly kind: FlowQuery['host'];
    /** Undefined where no server can listen. */
    readonly loopback: OpenFlow | undefined;
  };
  readonly callbackUriHandler: CallbackUriHandler;
  readonly setUp: ClientIdSetUp;
}

/** The environment of the sign-ins of one window. */
export function signInEnvironment(options: SignInEnvironmentOptions): SignInEnvironment {
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

/** @throws vscode.CancellationError when the user declines to open the page. */
async function openBrowser(url: string): Promise<void> {
  if (!(await openPage(url)) && !(await wasCopied(url))) throw new vscode.CancellationError();
}
