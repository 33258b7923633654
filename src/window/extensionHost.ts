import type * as vscode from 'vscode';
import type { ClientAuthentication } from '../auth/tokenEndpoint.ts';
import type { OnceAcrossWindows } from '../sessions/onceAcrossWindows.ts';
import type { RefreshLock } from '../sessions/acrossWindows.ts';
import type { SessionMarks } from '../sessions/sessionMarks.ts';
import type { Place } from '../flows/chooseFlow.ts';
import type { OpenFlow } from '../flows/flow.ts';

/** What differs between the kinds of extension host: Node, and a browser's web worker. */
export interface ExtensionHost {
  readonly kind: Place['host'];
  readonly secrets: vscode.SecretStorage;
  readonly lock: RefreshLock;
  readonly marks: SessionMarks;
  /**
   * Whether a refusal by Spotify is stored: not where that would replace a record which another window
   * has renewed, and which this one cannot see.
   */
  readonly keepsRefusals: boolean;
  readonly once: OnceAcrossWindows;
  /** How the client secret of an app is sent. */
  readonly clientAuthentication: ClientAuthentication;
  /** The way back by a server of ours; undefined where none can listen. */
  readonly loopback: OpenFlow | undefined;
}
