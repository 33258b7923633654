import type * as vscode from 'vscode';
import { SPOTIFY } from '../common/spotifyServers.ts';
import { describeError } from '../common/describeError.ts';
import type { ExtensionHost } from '../window/extensionHost.ts';
import type { Log } from '../common/log.ts';
import { NO_LOCK } from '../sessions/acrossWindows.ts';
import { browserMachine } from './browserMachine.ts';
import { hiddenName } from './encryption.ts';
import { MementoNoticeClaims } from './mementoNoticeClaims.ts';
import { TabRevisions } from './tabRevisions.ts';
import { BROADCAST_KEY, type TabChannel, TabSecrets } from './tabSecrets.ts';
import { type TabLocks, WebRefreshLock } from './webRefreshLock.ts';

/**
 * Makes the parts that a browser needs. Tabs of one origin share broadcasts and locks, if the
 * browser allows it.
 */
export function webHost(
  { secrets, globalState, subscriptions }: vscode.ExtensionContext,
  log: Log,
): ExtensionHost {
  // `locks` is undefined in some browsers, and in a page that was loaded over plain HTTP.
  const { locks } = navigator as { locks?: TabLocks };
  const revisions = new TabRevisions();
  const channel = openChannel(log);
  const tabSecrets = channel && new TabSecrets(secrets, channel, revisions, log);
  if (tabSecrets) subscriptions.push(tabSecrets);
  const shared = tabSecrets ?? secrets;
  // Other extensions see the names of locks, and must not learn the ids of sessions.
  const nameOf = async (id: string) => hiddenName(id, (await secrets.get(BROADCAST_KEY)) ?? '');
  return {
    kind: 'webWorker',
    // A browser has no environment variables, which could name a test server.
    servers: SPOTIFY,
    secrets: shared,
    serverSecrets: shared,
    lock: locks ? new WebRefreshLock(locks, nameOf) : NO_LOCK,
    // Tabs that have no key in common yet must still see each other's lock.
    relayLock: locks ? new WebRefreshLock(locks) : NO_LOCK,
    revisions,
    storesSuspensions: false,
    claims: new MementoNoticeClaims(globalState),
    clientAuthentication: 'client_secret_post',
    machine: browserMachine,
    loopback: undefined,
  };
}

/**
 * Opens the channel for broadcasts. Returns undefined if the browser forbids it, as Firefox does in
 * embedded pages while it blocks their cookies.
 */
function openChannel(log: Log): TabChannel | undefined {
  try {
    const channel: unknown = new BroadcastChannel('spotify-authentication');
    return channel as TabChannel;
  } catch (error) {
    log.warn(`Sessions cannot be shared with other tabs. ${describeError(error)}`);
    return undefined;
  }
}
