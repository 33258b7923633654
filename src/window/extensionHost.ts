import type * as vscode from 'vscode';
import type { ClientAuthentication } from '../auth/tokenEndpoint.ts';
import type { NoticeClaims, RefreshLock, SessionRevisions } from '../sessions/acrossWindows.ts';
import type { Machine } from '../diagnosis/machine.ts';
import type { FlowQuery } from '../flows/chooseFlow.ts';
import type { OpenFlow } from '../flows/flow.ts';

/** The parts that differ between the extension hosts: Node, and a browser's web worker. */
export interface ExtensionHost {
  readonly kind: FlowQuery['host'];
  readonly secrets: vscode.SecretStorage;
  readonly lock: RefreshLock;
  readonly revisions: SessionRevisions;
  /**
   * Whether a suspension is stored. False where this window cannot see the records of others: it could
   * replace a record that another window has renewed.
   */
  readonly storesSuspensions: boolean;
  readonly claims: NoticeClaims;
  /** How requests send an app's client secret. */
  readonly clientAuthentication: ClientAuthentication;
  readonly machine: Machine;
  /** The loopback flow; undefined where no server can listen. */
  readonly loopback: OpenFlow | undefined;
}
