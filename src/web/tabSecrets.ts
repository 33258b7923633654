import type * as vscode from 'vscode';
import { taskQueue } from '../auth/taskQueue.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { isOlderRecord, isSameGrant } from '../sessions/compareRecords.ts';
import { type Encrypted, newKey } from './encryption.ts';
import { type Change, sealedChanges } from './sealedChanges.ts';
import type { TabRevisions } from './tabRevisions.ts';

/** The part of a `BroadcastChannel` that this file uses. */
export interface TabChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listen: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

/** Key of the secret with which tabs encrypt their broadcasts. */
export const BROADCAST_KEY = 'tabs';

/** Matches the keys of the secrets that are broadcast. Other tabs do not need the other secrets. */
const SHARED = /^(session|clientSecret|callback):/;
/**
 * Whether a secret is a callback. Callbacks are broadcast and not stored: the tab that waits for one
 * takes it at once, and each write would replace the secrets of every other extension.
 */
const isCallback = (key: string): boolean => key.startsWith('callback:');

/**
 * VS Code's SecretStorage in a browser, shared among tabs. Without this class, a tab sees what
 * another tab stores only after a reload. And each time that a tab stores a secret, VS Code
 * replaces all stored secrets by the copies that this tab has.
 *
 * So the tabs of one origin broadcast their changes. Other extensions run at the same origin and
 * could read the broadcasts, or record and repeat them. Therefore, the broadcasts are encrypted with a
 * key that is itself a secret, and recordings are refused: see {@link sealedChanges}. A tab that was
 * loaded before this key existed cannot read them.
 *
 * A tab stores a session from another tab only if the session would be lost otherwise. Each write
 * also replaces the secrets of every other extension by this tab's copies.
 */
export class TabSecrets implements vscode.SecretStorage, vscode.Disposable {
  readonly #storage: vscode.SecretStorage;
  readonly #channel: TabChannel;
  readonly #revisions: TabRevisions;
  readonly #log: Log;
  readonly #sealed = sealedChanges();
  /** Received records that are newer than the stored ones, by key, until this tab changes the secret. */
  readonly #inMemory = new Map<string, string>();
  readonly #listeners = new Set<(event: vscode.SecretStorageChangeEvent) => unknown>();
  /** Applies received changes in the order of their arrival. */
  readonly #receiveInTurn = taskQueue();
  /** Broadcasts the changes of this tab in the order in which they were made. */
  readonly #sendInTurn = taskQueue();

  /**
   * @param storage VS Code's own SecretStorage.
   * @param revisions Gets a tombstone for each session that another tab signs out.
   */
  constructor(
    storage: vscode.SecretStorage,
    channel: TabChannel,
    revisions: TabRevisions,
    log: Log,
  ) {
    this.#storage = storage;
    this.#channel = channel;
    this.#revisions = revisions;
    this.#log = log;
    channel.addEventListener('message', ({ data }) => {
      void this.#receiveInTurn(() => this.#receive(data as Encrypted));
    });
  }

  readonly onDidChange: vscode.SecretStorage['onDidChange'] = (listener) => {
    const ofStorage = this.#storage.onDidChange(listener);
    this.#listeners.add(listener);
    return {
      dispose: () => {
        ofStorage.dispose();
        this.#listeners.delete(listener);
      },
    };
  };

  /**
   * Returns the names of all secrets. If there is no key for broadcasts yet, makes and stores that
   * key. The session store calls this method before it stores a session. The key for broadcasts is
   * not stored together with the first session, because a browser may apply two writes in the wrong
   * order and lose the later one.
   */
  async keys(): Promise<string[]> {
    const keys = await this.#storage.keys();
    if (!keys.includes(BROADCAST_KEY)) {
      await this.#broadcastKey().catch((error: unknown) => this.#warn(error));
    }
    return keys;
  }

  async get(key: string): Promise<string | undefined> {
    return this.#inMemory.get(key) ?? (await this.#storage.get(key));
  }

  async store(key: string, value: string): Promise<void> {
    if (!isCallback(key)) await this.#storeHere(key, value);
    await this.#broadcast({ key, value });
  }

  async delete(key: string): Promise<void> {
    if (isCallback(key)) return;
    await this.#deleteHere(key);
    await this.#broadcast({ key });
  }

  dispose(): void {
    this.#channel.close();
  }

  /**
   * Broadcasts a change to the other tabs. A failure is only logged. The other tabs then need one
   * more request, or a reload.
   */
  #broadcast(change: Change): Promise<void> {
    if (!SHARED.test(change.key)) return Promise.resolve();
    return this.#sendInTurn(async () => {
      try {
        const secret = await this.#broadcastKey();
        this.#channel.postMessage(await this.#sealed.seal(change, secret));
      } catch (error) {
        this.#warn(error);
      }
    });
  }

  #warn(error: unknown): void {
    this.#log.warn(`A session cannot be shared with other tabs. ${describeError(error)}`);
  }

  /** Returns the key for broadcasts. If there is none, makes a key and stores it. */
  async #broadcastKey(): Promise<string> {
    let key = await this.#storage.get(BROADCAST_KEY);
    if (!key) await this.#storage.store(BROADCAST_KEY, (key = newKey()));
    return key;
  }

  /**
   * Applies a broadcast of another tab. Ignores it if it cannot be read or is old, or if this tab has a
   * newer record.
   */
  async #receive(message: Encrypted): Promise<void> {
    try {
      const secret = await this.#storage.get(BROADCAST_KEY);
      const change = secret && (await this.#sealed.open(message, secret));
      if (!change || !SHARED.test(change.key)) return;
      const { key, value } = change;
      if (value === undefined) await this.#applyRemoval(key);
      else if (isCallback(key)) this.#handOver(key, value);
      else if (!isOlderRecord(value, await this.get(key))) await this.#applyValue(key, value);
    } catch (error) {
      this.#log.debug(`A message of another tab cannot be used. ${describeError(error)}`);
    }
  }

  async #applyRemoval(key: string): Promise<void> {
    const [, id] = /^session:(.+)/.exec(key) ?? [];
    if (id) await this.#revisions.setRemoved(id);
    await this.#deleteHere(key);
  }

  /** Keeps a record in memory if the stored one has its refresh token and consent; stores other values. */
  async #applyValue(key: string, value: string): Promise<void> {
    if (!isSameGrant(value, await this.#storage.get(key))) return this.#storeHere(key, value);
    this.#keepInMemory(key, value);
  }

  /** Lets a sign-in of this tab take a callback. It has to read the callback at the change event. */
  #handOver(key: string, value: string): void {
    this.#keepInMemory(key, value);
    this.#inMemory.delete(key);
  }

  #keepInMemory(key: string, value: string): void {
    this.#inMemory.set(key, value);
    for (const listener of this.#listeners) listener({ key });
  }

  /** Stores without a broadcast. */
  async #storeHere(key: string, value: string): Promise<void> {
    // Before the write: VS Code fires its event during the write, and listeners then read the new
    // value.
    this.#inMemory.delete(key);
    await this.#storage.store(key, value);
  }

  /** Deletes without a broadcast. */
  async #deleteHere(key: string): Promise<void> {
    this.#inMemory.delete(key);
    await this.#storage.delete(key);
  }
}
