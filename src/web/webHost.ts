import type * as vscode from 'vscode';
import { describeError } from '../common/describeError.ts';
import type { ExtensionHost } from '../window/extensionHost.ts';
import type { Log } from '../common/log.ts';
import { NO_LOCK } from '../sessions/acrossWindows.ts';
import { browserMachine } from './browserMachine.ts';
import { MementoNoticeClaims } from './mementoNoticeClaims.ts';
import { TabRevisions } from './tabRevisions.ts';
import { type TabChannel, TabSecrets } from './tabSecrets.ts';
import { type TabLocks, WebRefreshLock } from './webRefreshLock.ts';

/** The edges to a browser, whose tabs have nothing in common but, if that, their origin. */
export function webHost(
  { secrets, globalState, subscriptions }: vscode.ExtensionContext,
  log: Log,
): ExtensionHost {
  // Not in every browser, nor in a page that came over plain HTTP.
  const { locks } = navigator as { locks?: TabLocks };
  const revisions = new TabRevisions();
  const channel = openChannel(log);
  const tabSecrets = channel && new TabSecrets(secrets, channel, revisions, log);
  if (tabSecrets) subscriptions.push(tabSecrets);
  return {
    kind: 'webWorker',
    secrets: tabSecrets ?? secrets,
    lock: locks ? new WebRefreshLock(locks) : NO_LOCK,
    revisions,
    storesSuspensions: false,
    claims: new MementoNoticeClaims(globalState),
    clientAuthentication: 'client_secret_post',
    machine: browserMachine,
    loopback: undefined,
  };
}

/** Undefined where the browser denies it, as Firefox does where it blocks the cookies of a page in a page. */
function openChannel(log: Log): TabChannel | undefined {
  try {
    const channel: unknown = new BroadcastChannel('spotify-authentication');
    return channel as TabChannel;
  } catch (error) {
    log.warn(`Other tabs cannot be told of sessions. ${describeError(error)}`);
    return undefined;
  }
}
