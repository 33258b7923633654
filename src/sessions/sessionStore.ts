import type * as vscode from 'vscode';
import { delay } from '../auth/abortable.ts';
import { taskQueue } from '../auth/taskQueue.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { isSuspensionOfSameRevision } from './compareRecords.ts';
import type { SessionWatcher } from './sessionChangeEvent.ts';
import type { SessionRevisions } from './acrossWindows.ts';
import type { StorageMarker } from './storageMarker.ts';
import { SessionMemory } from './sessionMemory.ts';
import { idOf, isFound, isSessionKey, KEY_PREFIX, sessionKeys } from './sessionKeys.ts';
import type { StoredSession, UnstoredSession } from './storedSession.ts';
import { parseSession, serializeSession } from './storedSession.ts';

/** How long a record may take to reach another window, in milliseconds (desktop: about 200). */
const LAG_MS = 1000;

/**
 * The sessions of all windows. Each session is a secret of its own, so that windows never overwrite
 * each other's sessions. SecretStorage is the truth; memory is a copy, read when it is first needed.
 */
export class SessionStore implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #revisions: SessionRevisions;
  readonly #marker: StorageMarker;
  readonly #log: Log;
  readonly #listener: vscode.Disposable;
  readonly #memory = new SessionMemory();
  #loaded: Promise<void> | undefined;
  /** Runs reads and writes one after the other. */
  readonly #enqueue = taskQueue();

  constructor(
    secrets: vscode.SecretStorage,
    revisions: SessionRevisions,
    marker: StorageMarker,
    log: Log,
  ) {
    this.#secrets = secrets;
    this.#revisions = revisions;
    this.#marker = marker;
    this.#log = log;
    // This fires for our own writes too, sometimes twice or without a change: the memory compares.
    this.#listener = secrets.onDidChange(({ key }) => {
      if (!this.#loaded || !isSessionKey(key)) return;
      this.#enqueue(() => this.#reread(idOf(key))).catch((error: unknown) => {
        this.#log.warn(`A changed session cannot be read. ${describeError(error)}`);
      });
    });
  }

  /** Tells `watcher` of changes until the returned object is disposed of. */
  watch(watcher: SessionWatcher): { dispose(): void } {
    this.#memory.watchers.add(watcher);
    return { dispose: () => this.#memory.watchers.delete(watcher) };
  }

  /**
   * Returns all sessions, suspended ones too, the oldest consent first, in one array until one changes.
   * Leaves out a record of a newer version. For one that cannot be parsed, returns the copy in memory.
   */
  async all(): Promise<readonly StoredSession[]> {
    await this.#load();
    return this.#memory.all();
  }

  /** Returns the same as `all`, also where the editor fires no events for what other windows store. */
  async rereadAll(): Promise<readonly StoredSession[]> {
    await Promise.all(((await this.#revisions.ids?.()) ?? []).map((id) => this.reread(id)));
    return this.all();
  }

  /** The sessions that VS Code sees: all that are not suspended, the oldest consent first. */
  async list(): Promise<StoredSession[]> {
    return (await this.all()).filter(({ suspendedAt }) => suspendedAt === undefined);
  }

  /**
   * Returns the session as it is stored now; undefined if there is none. If another window has stored a
   * newer record that this window cannot see yet, waits for that record for up to a second.
   */
  async reread(id: string): Promise<StoredSession | undefined> {
    await this.#load();
    const revision = await this.#revisions.revision(id);
    const end = performance.now() + LAG_MS;
    for (;;) {
      await this.#enqueue(() => this.#reread(id));
      const session = this.#memory.get(id);
      if (!session || session.revision >= revision || performance.now() >= end) return session;
      await delay(20);
    }
  }

  /**
   * Stores the session, in place of the session with the same id. Returns the stored record; undefined if
   * it was signed out, or if a newer record is to be suspended. Rejects if SecretStorage fails.
   */
  async put(session: UnstoredSession): Promise<StoredSession | undefined> {
    await this.#load();
    return this.#enqueue(() => this.#write(session));
  }

  /** Puts the session into this window's memory, as a newer record than the stored one. Stores nothing. */
  putInMemory(session: StoredSession): void {
    this.#memory.update(session.id, { ...session, revision: session.revision + 1 });
  }

  /**
   * Removes the session. Returns false, and removes nothing, if any window has stored a newer record than
   * the one with the revision `madeFrom`. Rejects if SecretStorage fails.
   */
  async remove(id: string, madeFrom = Infinity): Promise<boolean> {
    await this.#load();
    return this.#enqueue(async () => {
      if ((await this.#newest(id)) > madeFrom) return false;
      await this.#secrets.delete(KEY_PREFIX + id);
      // The tombstone comes last: if SecretStorage fails, the session is not signed out.
      if (this.#memory.get(id)) await this.#revisions.setRemoved(id);
      this.#memory.update(id, undefined);
      return true;
    });
  }

  /** Removes the record of the secret `key`, unless it can now be parsed or is of a newer version. */
  async removeUnreadable(key: string): Promise<void> {
    await this.#enqueue(async () => {
      const text = await this.#secrets.get(key);
      if (text !== undefined && !parseSession(text, idOf(key))) await this.#secrets.delete(key);
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#memory.watchers.clear();
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#enqueue(async () => {
      const keys = await sessionKeys(this.#secrets, this.#revisions);
      // The next call reads again.
      if (!keys) return void (this.#loaded = undefined);
      const sessions = await Promise.all(Array.from(keys, (key) => this.#read(idOf(key))));
      this.#memory.load(sessions);
      for (const watcher of this.#memory.watchers) watcher.loaded?.();
      const lostSince = await this.#marker.lost(this.#memory.all().length > 0);
      if (lostSince) for (const watcher of this.#memory.watchers) watcher.storageLost?.(lostSince);
    }).catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  /**
   * Reads a session. Returns undefined if it was signed out or a newer version wrote the record. If the
   * record cannot be parsed, returns the copy in memory: the next `put` replaces the record.
   */
  async #read(id: string): Promise<StoredSession | undefined> {
    const text = await this.#secrets.get(KEY_PREFIX + id);
    if (text === undefined) return undefined;
    const session = parseSession(text, id);
    if (session === 'newer' || (await this.#deleteIfSignedOut(id))) return undefined;
    if (session) return session;
    this.#log.warn('A stored session cannot be read. It is left in place.');
    for (const watcher of this.#memory.watchers) watcher.unreadable?.(KEY_PREFIX + id);
    return this.#memory.get(id);
  }

  /** Reads a session and updates memory. */
  async #reread(id: string): Promise<void> {
    const session = await this.#read(id);
    const known = this.#memory.get(id);
    if (session && known && isSuspensionOfSameRevision(session, known)) await this.#write(known);
    else this.#memory.update(id, session);
  }

  /** Stores the session with the next revision, but suspends no newer record. Then updates memory. */
  async #write(session: UnstoredSession): Promise<StoredSession | undefined> {
    const { id, revision: madeFrom = Infinity } = session;
    const isKnown = this.#memory.get(id) !== undefined;
    const newest = await this.#newest(id);
    if (session.suspendedAt !== undefined && newest > madeFrom) return undefined;
    const stored = { ...session, revision: newest + 1 };
    await this.#secrets.store(KEY_PREFIX + id, serializeSession(stored));
    await this.#revisions.setRevision(id, newest + 1);
    if (await this.#deleteIfSignedOut(id)) return undefined;
    this.#memory.update(id, stored);
    await this.#marker.set().catch((error: unknown) => {
      this.#log.warn(`The marker secret cannot be stored. ${describeError(error)}`);
    });
    if (!isKnown && !(await isFound(id, this.#secrets, this.#revisions)))
      for (const watcher of this.#memory.watchers) watcher.notFound?.(id);
    return stored;
  }

  /** Returns the newest revision of the session that is known; 0 if none is. */
  async #newest(id: string): Promise<number> {
    return Math.max(this.#memory.get(id)?.revision ?? 0, await this.#revisions.revision(id));
  }

  /**
   * Returns whether any window has signed the session out. If so, deletes its record. If that fails, renews
   * the tombstone, which has to last longer than the record.
   */
  async #deleteIfSignedOut(id: string): Promise<boolean> {
    if (!(await this.#revisions.isRemoved(id))) return false;
    await this.#secrets
      .delete(KEY_PREFIX + id)
      .then(undefined, () => this.#revisions.setRemoved(id));
    this.#memory.update(id, undefined);
    return true;
  }
}
