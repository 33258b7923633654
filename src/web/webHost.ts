import type * as vscode from 'vscode';
import type { ExtensionHost } from '../extensionHost.ts';
import type { Log } from '../log.ts';
import { NO_LOCK } from '../sessions/refreshLock.ts';
import { NO_MARKS } from '../sessions/sessionMarks.ts';
import { OnceByMemento } from './onceByMemento.ts';
import { type TabChannel, TabSecrets } from './tabSecrets.ts';
import { type TabLocks, WebRefreshLock } from './webRefreshLock.ts';

/** The edges to a browser, whose tabs have nothing in common but, if that, their origin. */
export function webHost(
  { secrets, globalState, subscriptions }: vscode.ExtensionContext,
  log: Log,
): ExtensionHost {
  // Not in every browser, nor in a page that came over plain HTTP.
  const { locks } = navigator as { locks?: TabLocks };
  const channel: unknown = new BroadcastChannel('spotify-authentication');
  const tabSecrets = new TabSecrets(secrets, channel as TabChannel, log);
  subscriptions.push(tabSecrets);
  return {
    kind: 'webWorker',
    secrets: tabSecrets,
    lock: locks ? new WebRefreshLock(locks) : NO_LOCK,
    marks: NO_MARKS,
    keepsRefusals: false,
    once: new OnceByMemento(globalState),
    loopback: undefined,
  };
}
