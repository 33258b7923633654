import * as vscode from 'vscode';
import { defaultFetch } from '../auth/globalFetch.ts';
import type { Fetch } from '../auth/transport.ts';
import type { FlowName } from '../common/configuration.ts';
import { openPage } from '../common/openPage.ts';
import type { SpotifyServers } from '../common/spotifyServers.ts';
import { editorLink } from '../common/redirectUri.ts';
import type { CallbackUriHandler } from '../flows/callbackUriHandler.ts';
import type { FlowQuery } from '../flows/chooseFlow.ts';
import { editorLinkFlow } from '../flows/editorLinkFlow.ts';
import type { OpenFlow } from '../flows/flow.ts';
import { askForAddress } from '../flows/pasteBox.ts';
import { pasteFlow } from '../flows/pasteFlow.ts';
import { callbackUri, queryEnvironment } from '../flows/queryEnvironment.ts';
import { relayFlow } from '../flows/relayFlow.ts';
import type { AccountHistory } from '../sessions/accountHistory.ts';
import type { RefreshLock } from '../sessions/acrossWindows.ts';
import type { ClientIdSetUp } from '../setUp/clientIdSetUp.ts';
import { wasCopied } from './copiedLink.ts';
import { RunningSignIns } from './runningSignIns.ts';

/** What a trip through the browser uses: Spotify's servers, `fetch`, and how a page is opened. */
export interface TripEnvironment {
  readonly servers: SpotifyServers;
  readonly fetch: Fetch;
  /** Opens a URL in the browser. Rejects with `vscode.CancellationError` if the user declines. */
  readonly openBrowser: (url: string) => Promise<void>;
}

/** The parts of the extension and of VS Code that all sign-ins of one window use. */
export interface SignInEnvironment extends TripEnvironment {
  /**
   * The flows of this extension host. A flow that it does not have is undefined, but it always has
   * `paste`.
   */
  readonly flows: Readonly<Record<FlowName, OpenFlow | undefined> & { paste: OpenFlow }>;
  readonly queryEnvironment: () => Promise<FlowQuery>;
  readonly running: RunningSignIns;
  readonly setUp: ClientIdSetUp;
  readonly history: AccountHistory;
}

/** Options of {@link signInEnvironment}. */
export interface SignInEnvironmentOptions {
  readonly servers: SpotifyServers;
  readonly host: {
    readonly kind: FlowQuery['host'];
    /** The loopback flow; undefined if no server can listen in this extension host. */
    readonly loopback: OpenFlow | undefined;
    readonly relayLock: RefreshLock;
  };
  readonly callbackUriHandler: CallbackUriHandler;
  readonly setUp: ClientIdSetUp;
  readonly history: AccountHistory;
}

/** Makes the environment for the sign-ins of one window. */
export function signInEnvironment(options: SignInEnvironmentOptions): SignInEnvironment {
  const { servers, host, callbackUriHandler, setUp, history } = options;
  return {
    servers,
    fetch: defaultFetch,
    openBrowser,
    queryEnvironment: () => queryEnvironment(host.kind),
    running: new RunningSignIns(),
    setUp,
    history,
    flows: {
      loopback: host.loopback,
      editorLink: editorLinkFlow(callbackUriHandler, editorLink(vscode.env.uriScheme)),
      relay: relayFlow(callbackUriHandler, callbackUri, host.relayLock),
      paste: pasteFlow(askForAddress),
    },
  };
}

/**
 * Opens a URL in the browser. Also resolves if the user chose Copy in VS Code's prompt.
 * @throws vscode.CancellationError if the user chose Cancel.
 */
async function openBrowser(url: string): Promise<void> {
  if (!(await openPage(url)) && !(await wasCopied(url))) throw new vscode.CancellationError();
}
