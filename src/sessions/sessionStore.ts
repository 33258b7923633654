import type * as vscode from 'vscode';
import type { Log } from '../log.ts';
import { parseSession, serializeSession, type StoredSession } from './storedSession.ts';

/** What became of the sessions, once per real difference. */
export interface SessionChange {
  readonly added: readonly StoredSession[];
  readonly changed: readonly StoredSession[];
  readonly removed: readonly StoredSession[];
}

const KEY_PREFIX = 'session:';

/**
 * The sessions of every window: one secret each, so that two windows never overwrite each other's.
 * SecretStorage is the truth and memory a copy, read on first need.
 */
export class SessionStore implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #log: Log;
  readonly #watchers = new Set<(change: SessionChange) => void>();
  readonly #listener: vscode.Disposable;
  readonly #sessions = new Map<string, StoredSession>();
  #loaded: Promise<void> | undefined;
  /** Tail of the queue in which reads and writes take turns. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(secrets: vscode.SecretStorage, log: Log) {
    this.#secrets = secrets;
    this.#log = log;
    // Fires for our own writes too, sometimes twice, sometimes for nothing: #adopt compares.
    this.#listener = secrets.onDidChange(({ key }) => {
      if (this.#loaded && key.startsWith(KEY_PREFIX)) void this.#inTurn(() => this.#reread(key));
    });
  }

  /** Calls `watcher` once per real difference, whichever window made it. */
  onDidChange(watcher: (change: SessionChange) => void): { dispose(): void } {
    this.#watchers.add(watcher);
    return { dispose: () => this.#watchers.delete(watcher) };
  }

  /** Every readable session, oldest consent first. */
  async list(): Promise<StoredSession[]> {
    await this.#load();
    return [...this.#sessions.values()].sort((a, b) => a.consentedAt - b.consentedAt);
  }

  async get(id: string): Promise<StoredSession | undefined> {
    await this.#load();
    return this.#sessions.get(id);
  }

  /** Adds the session, or replaces the one with its id. Rejects when SecretStorage refuses. */
  async put(session: StoredSession): Promise<void> {
    await this.#load();
    const text = serializeSession(session);
    await this.#inTurn(async () => {
      await this.#secrets.store(KEY_PREFIX + session.id, text);
      this.#adopt(session.id, parseSession(text));
    });
  }

  /** Removes the session; an unknown id succeeds. */
  async remove(id: string): Promise<void> {
    await this.#load();
    await this.#inTurn(async () => {
      await this.#secrets.delete(KEY_PREFIX + id);
      this.#adopt(id, undefined);
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#watchers.clear();
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#inTurn(async () => {
      const keys = await this.#secrets.keys();
      const sessions = await Promise.all(
        keys.filter((key) => key.startsWith(KEY_PREFIX)).map((key) => this.#read(key)),
      );
      for (const session of sessions) if (session) this.#sessions.set(session.id, session);
    }).catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  async #read(key: string): Promise<StoredSession | undefined> {
    const text = await this.#secrets.get(key);
    if (text === undefined) return undefined;
    const session = parseSession(text);
    if (!session) this.#log.warn('A stored session cannot be read; it is left in place.');
    return session;
  }

  async #reread(key: string): Promise<void> {
    this.#adopt(key.slice(KEY_PREFIX.length), await this.#read(key));
  }

  /** Makes memory equal to what is stored, and tells of the difference, if any. */
  #adopt(id: string, session: StoredSession | undefined): void {
    const known = this.#sessions.get(id);
    if (session) this.#sessions.set(id, session);
    else this.#sessions.delete(id);
    if (known && session && serializeSession(known) === serializeSession(session)) return;
    const tell = (change: Partial<SessionChange>) => {
      for (const watcher of this.#watchers)
        watcher({ added: [], changed: [], removed: [], ...change });
    };
    if (known && session) tell({ changed: [session] });
    else if (session) tell({ added: [session] });
    else if (known) tell({ removed: [known] });
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
