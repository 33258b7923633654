import type * as vscode from 'vscode';
import type { ClientAuthentication } from '../auth/tokenEndpoint.ts';
import type { SpotifyServers } from '../common/spotifyServers.ts';
import type { NoticeClaims, RefreshLock, SessionRevisions } from '../sessions/acrossWindows.ts';
import type { Machine } from '../diagnosis/machine.ts';
import type { FlowQuery } from '../flows/chooseFlow.ts';
import type { OpenFlow } from '../flows/flow.ts';

/**
 * The parts that differ between the kinds of extension host: Node, and the web worker of a browser.
 */
export interface ExtensionHost {
  readonly kind: FlowQuery['host'];
  /** Spotify’s servers, or the test servers of the environment. */
  readonly servers: SpotifyServers;
  readonly secrets: vscode.SecretStorage;
  /** The part of `secrets` with the sessions and client secrets that the accounts server has issued. */
  readonly serverSecrets: vscode.SecretStorage;
  readonly lock: RefreshLock;
  /** Lets one tab at a time sign in by the relay. */
  readonly relayLock: RefreshLock;
  readonly revisions: SessionRevisions;
  /**
   * Whether the suspension of a session is stored. False if this window may not see the newest
   * records of other windows: a stored suspension could replace a record that another window has
   * renewed.
   */
  readonly storesSuspensions: boolean;
  readonly claims: NoticeClaims;
  /** The way in which requests send the client secret of an app. */
  readonly clientAuthentication: ClientAuthentication;
  readonly machine: Machine;
  /** The loopback flow; undefined if no server can listen in this extension host. */
  readonly loopback: OpenFlow | undefined;
}
