import type * as vscode from 'vscode';
import type { ClientAuthentication } from '../auth/tokenEndpoint.ts';
import type { NoticeClaims, RefreshLock, SessionRevisions } from '../sessions/acrossWindows.ts';
import type { Machine } from '../diagnosis/machine.ts';
import type { FlowQuery } from '../flows/chooseFlow.ts';
import type { OpenFlow } from '../flows/flow.ts';

/** What differs between the kinds of extension host: Node, and a browser's web worker. */
export interface ExtensionHost {
  readonly kind: FlowQuery['host'];
  readonly secrets: vscode.SecretStorage;
  readonly lock: RefreshLock;
  readonly revisions: SessionRevisions;
  /**
   * Whether a refusal by Spotify is stored: not where that would replace a record which another window
   * has renewed, and which this one cannot see.
   */
  readonly storesSuspensions: boolean;
  readonly claims: NoticeClaims;
  /** How the client secret of an app is sent. */
  readonly clientAuthentication: ClientAuthentication;
  readonly machine: Machine;
  /** The way back by a server of ours; undefined where none can listen. */
  readonly loopback: OpenFlow | undefined;
}
