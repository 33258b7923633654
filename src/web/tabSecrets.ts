import type * as vscode from 'vscode';
import { isText, parseJsonObject } from '../auth/jsonObject.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { isOlderRecord, isSameGrant } from '../sessions/compareRecords.ts';
import type { TabRevisions } from './tabRevisions.ts';
import { newKey, encrypt, type Encrypted, decrypt } from './encryption.ts';

/** What of a `BroadcastChannel` is needed. */
export interface TabChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listen: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

/** Names the secret with which tabs seal what they tell each other. */
const KEY = 'tabs';

/** What all tabs have to know; the rest is of no use to another. */
const TOLD = /^(session|clientSecret):/;

/**
 * VS Code's SecretStorage in a browser, where a tab sees what another one stores only when it is
 * loaded again, and then overwrites it with its own copy of everything. So the tabs of one origin
 * tell each other. Other extensions are of that origin, too: what is told is sealed, with a key that
 * is a secret itself. A tab that was loaded before there was a key hears nothing. What is heard of a
 * session is stored only where it would be missed, since a write brings back this tab's copy of every
 * other extension's secrets, too.
 */
export class TabSecrets implements vscode.SecretStorage, vscode.Disposable {
  readonly #own: vscode.SecretStorage;
  readonly #channel: TabChannel;
  readonly #revisions: TabRevisions;
  readonly #log: Log;
  /** Newer records than the stored ones, by key; none that this tab has stored or deleted since. */
  readonly #newer = new Map<string, string>();
  readonly #listeners = new Set<(event: vscode.SecretStorageChangeEvent) => unknown>();
  /** Tail of the queue of what was heard: a sign-out is not to overtake the record before it. */
  #heard: Promise<void> = Promise.resolve();

  /** @param revisions Are told of sessions that another tab signs out. */
  constructor(own: vscode.SecretStorage, channel: TabChannel, revisions: TabRevisions, log: Log) {
    this.#own = own;
    this.#channel = channel;
    this.#revisions = revisions;
    this.#log = log;
    channel.addEventListener('message', ({ data }) => {
      this.#heard = this.#heard.then(() => this.#hear(data as Encrypted));
    });
  }

  readonly onDidChange: vscode.SecretStorage['onDidChange'] = (listener) => {
    const ofOwn = this.#own.onDidChange(listener);
    this.#listeners.add(listener);
    return {
      dispose: () => {
        ofOwn.dispose();
        this.#listeners.delete(listener);
      },
    };
  };

  /**
   * Asked before anything else. Stores the key for the tabs where there is none yet: not
   * with the first session, since a browser may overtake one write with the one before it.
   */
  async keys(): Promise<string[]> {
    const keys = await this.#own.keys();
    if (!keys.includes(KEY)) await this.#sealKey().catch((error: unknown) => this.#warn(error));
    return keys;
  }

  async get(key: string): Promise<string | undefined> {
    return this.#newer.get(key) ?? (await this.#own.get(key));
  }

  async store(key: string, value: string): Promise<void> {
    await this.#storeOwn(key, value);
    await this.#tell({ key, value });
  }

  async delete(key: string): Promise<void> {
    await this.#deleteOwn(key);
    await this.#tell({ key });
  }

  dispose(): void {
    this.#channel.close();
  }

  /** What cannot be told costs another tab a request, or a reload: no reason to fail. */
  async #tell(news: { readonly key: string; readonly value?: string }): Promise<void> {
    if (!TOLD.test(news.key)) return;
    try {
      this.#channel.postMessage(await encrypt(JSON.stringify(news), await this.#sealKey()));
    } catch (error) {
      this.#warn(error);
    }
  }

  #warn(error: unknown): void {
    this.#log.warn(`Other tabs cannot be told of a session. ${describeError(error)}`);
  }

  async #sealKey(): Promise<string> {
    let key = await this.#own.get(KEY);
    if (!key) await this.#own.store(KEY, (key = newKey()));
    return key;
  }

  async #hear(sealed: Encrypted): Promise<void> {
    try {
      const sealKey = await this.#own.get(KEY);
      if (!sealKey) return;
      const { key, value } = parseJsonObject(await decrypt(sealed, sealKey)) ?? {};
      if (!isText(key) || !TOLD.test(key)) return;
      if (!isText(value)) await this.#forget(key);
      else if (!isOlderRecord(value, await this.get(key))) await this.#adopt(key, value);
    } catch (error) {
      this.#log.debug(`What another tab tells cannot be used. ${describeError(error)}`);
    }
  }

  async #forget(key: string): Promise<void> {
    const [, id] = /^session:(.+)/.exec(key) ?? [];
    if (id) await this.#revisions.setRemoved(id);
    await this.#deleteOwn(key);
  }

  async #adopt(key: string, value: string): Promise<void> {
    if (!isSameGrant(value, await this.#own.get(key))) return this.#storeOwn(key, value);
    this.#newer.set(key, value);
    for (const listener of this.#listeners) listener({ key });
  }

  async #storeOwn(key: string, value: string): Promise<void> {
    // Before: VS Code tells of the change while it is on its way.
    this.#newer.delete(key);
    await this.#own.store(key, value);
  }

  async #deleteOwn(key: string): Promise<void> {
    this.#newer.delete(key);
    await this.#own.delete(key);
  }
}
