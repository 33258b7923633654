import type * as vscode from 'vscode';
import { isText, parseJsonObject } from '../auth/jsonObject.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { isOlderRecord, isSameGrant } from '../sessions/compareRecords.ts';
import type { TabRevisions } from './tabRevisions.ts';
import { newKey, encrypt, type Encrypted, decrypt } from './encryption.ts';

/** The part of a `BroadcastChannel` that this file uses. */
export interface TabChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listen: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

/** Key of the secret with which tabs encrypt their broadcasts. */
const BROADCAST_KEY = 'tabs';

/** Matches the keys of the secrets that are broadcast. Other tabs do not need the other secrets. */
const SHARED = /^(session|clientSecret):/;

/** A secret that was changed. Without `value`, it was deleted. */
interface Change {
  readonly key: string;
  readonly value?: string;
}

/**
 * VS Code's SecretStorage in a browser, shared among tabs. Without this class, a tab sees what
 * another tab stores only after a reload. And each time that a tab stores a secret, VS Code
 * replaces all stored secrets by the copies that this tab has.
 *
 * So the tabs of one origin broadcast their changes. Other extensions run at the same origin and
 * could read the broadcasts. Therefore, the broadcasts are encrypted with a key that is itself a
 * secret. A tab that was loaded before this key existed cannot read them.
 *
 * A tab stores a session from another tab only if the session would be lost otherwise. Each write
 * also replaces the secrets of every other extension by this tab's copies.
 */
export class TabSecrets implements vscode.SecretStorage, vscode.Disposable {
  readonly #storage: vscode.SecretStorage;
  readonly #channel: TabChannel;
  readonly #revisions: TabRevisions;
  readonly #log: Log;
  /** Received records that are newer than the stored ones, by key, until this tab changes the secret. */
  readonly #inMemory = new Map<string, string>();
  readonly #listeners = new Set<(event: vscode.SecretStorageChangeEvent) => unknown>();
  /**
   * Settles when all received changes are applied. They are applied in the order of their arrival.
   */
  #receiving: Promise<void> = Promise.resolve();

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
      this.#receiving = this.#receiving.then(() => this.#receive(data as Encrypted));
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
    await this.#storeHere(key, value);
    await this.#broadcast({ key, value });
  }

  async delete(key: string): Promise<void> {
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
  async #broadcast(change: Change): Promise<void> {
    if (!SHARED.test(change.key)) return;
    try {
      const key = await this.#broadcastKey();
      this.#channel.postMessage(await encrypt(JSON.stringify(change), key));
    } catch (error) {
      this.#warn(error);
    }
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
   * Applies a broadcast of another tab. Ignores it if it cannot be read, or if this tab has a newer
   * record.
   */
  async #receive(message: Encrypted): Promise<void> {
    try {
      const broadcastKey = await this.#storage.get(BROADCAST_KEY);
      if (!broadcastKey) return;
      const { key, value } = parseJsonObject(await decrypt(message, broadcastKey)) ?? {};
      if (!isText(key) || !SHARED.test(key)) return;
      if (!isText(value)) await this.#applyRemoval(key);
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
