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

/** What a window of the editor is opened with. */
export interface WindowOptions {
  readonly secrets: SecretStorage;
  /** What all windows of the machine see; none where they share nothing but the secrets. */
  readonly folder?: string | undefined;
  /** That of the folder unless given; none where there is no folder. */
  readonly lock?: RefreshLock;
  /** Those of the folder unless given; none where there is no folder. */
  readonly revisions?: SessionRevisions;
  readonly memory?: Memento;
  readonly fetch?: Fetch;
  /** Where Spotify is. */
  readonly accountsUrl?: string;
  /** Whether refusals are stored; true unless given. */
  readonly storesSuspensions?: boolean;
}

/** Those of windows that have no place for revisions in common. */
const NO_REVISIONS: SessionRevisions = {
  revision: () => Promise.resolve(0),
  isRemoved: () => Promise.resolve(false),
  setRevision: () => Promise.resolve(),
  setRemoved: () => Promise.resolve(),
};

/** The sessions as one window has them, and all that it was told. */
export class Window {
  readonly store: SessionStore;
  readonly refresher: SessionRefresher;
  readonly changes: SessionChangeEvent[] = [];
  readonly unreadable: string[] = [];
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

  /** As the provider does: whatever session there is, asked for its token if that makes sense. */
  async accessToken(id: string): Promise<string | undefined> {
    const session = (await this.store.all()).find((stored) => stored.id === id);
    return session && mayBeRefreshed(session) ? this.refresher.getAccessToken(session) : undefined;
  }
}

/** What `globalState` remembers. */
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
