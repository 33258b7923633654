import type { Memento, SecretStorage } from 'vscode';
import { endpointsAt, type Fetch } from '../../../src/auth/index.ts';
import type { Log } from '../../../src/common/log.ts';
import { FileRefreshLock } from '../../../src/node/fileRefreshLock.ts';
import type { SessionChangeEvent } from '../../../src/sessions/sessionChangeEvent.ts';
import {
  NO_LOCK,
  type RefreshLock,
  type SessionRevisions,
} from '../../../src/sessions/acrossWindows.ts';
import { FileSessionRevisions } from '../../../src/node/fileSessionRevisions.ts';
import { SessionRefresher } from '../../../src/sessions/sessionRefresher.ts';
import { SessionStore } from '../../../src/sessions/sessionStore.ts';
import { StorageMarker } from '../../../src/sessions/storageMarker.ts';
import { mayBeRefreshed } from '../../../src/sessions/sessionTimes.ts';
import type { StoredSession } from '../../../src/sessions/storedSession.ts';

/** Options of a {@link Window}. */
export interface WindowOptions {
  readonly secrets: SecretStorage;
  /** A folder that all windows of the machine share; undefined if they share only the secrets. */
  readonly folder?: string | undefined;
  /** By default the lock of the folder; without a folder, none. */
  readonly lock?: RefreshLock;
  /** By default the revisions of the folder; without a folder, none. */
  readonly revisions?: SessionRevisions;
  readonly memory?: Memento;
  readonly fetch?: Fetch;
  /** Address of the stand-in for accounts.spotify.com. */
  readonly accountsUrl?: string;
  /** Whether suspensions are stored; true by default. */
  readonly storesSuspensions?: boolean;
}

/** The revisions of windows that share no folder: always unknown. */
const NO_REVISIONS: SessionRevisions = {
  revision: () => Promise.resolve(0),
  isRemoved: () => Promise.resolve(false),
  setRevision: () => Promise.resolve(),
  setRemoved: () => Promise.resolve(),
};

/** The session objects of one editor window, with all events and log lines that they have produced. */
export class Window {
  readonly store: SessionStore;
  readonly refresher: SessionRefresher;
  readonly changes: SessionChangeEvent[] = [];
  readonly unreadable: string[] = [];
  /** The ids of stored sessions that no other window will find. */
  readonly notFound: string[] = [];
  readonly refused: StoredSession[] = [];
  readonly log: string[] = [];
  storageLost = 0;

  constructor(options: WindowOptions) {
    const { secrets, folder, memory = new FakeMemento(), accountsUrl } = options;
    const log = new Proxy({} as Log, { get: () => (line: string) => this.log.push(line) });
    const marker = new StorageMarker(secrets, memory);
    this.store = new SessionStore(
      secrets,
      options.revisions ?? (folder ? new FileSessionRevisions(folder) : NO_REVISIONS),
      marker,
      log,
    );
    this.store.watch({
      changed: (change) => this.changes.push(change),
      notFound: (id) => this.notFound.push(id),
      unreadable: (key) => this.unreadable.push(key),
      storageLost: () => this.storageLost++,
    });
    this.refresher = new SessionRefresher({
      store: this.store,
      lock: options.lock ?? (folder ? new FileRefreshLock(folder) : NO_LOCK),
      storesSuspensions: options.storesSuspensions ?? true,
      accounts: endpointsAt(accountsUrl),
      fetch: options.fetch ?? fetch,
      log,
      onRefused: (session) => this.refused.push(session),
    });
  }

  /** The access token of a session, as the provider requests it; undefined if there is none. */
  async accessToken(id: string): Promise<string | undefined> {
    const session = (await this.store.all()).find((stored) => stored.id === id);
    return session && mayBeRefreshed(session) ? this.refresher.getAccessToken(session) : undefined;
  }
}

/** A fake of `globalState`, in memory. */
export class FakeMemento implements Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  readonly get: Memento['get'] = (key: string) => this.#values.get(key) as never;

  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }
}
