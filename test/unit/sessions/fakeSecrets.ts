import { setTimeout } from 'node:timers/promises';
import type { SecretStorage, SecretStorageChangeEvent } from 'vscode';

/**
 * A fake of the desktop's SecretStorage. A window sees its own writes at once and those of other windows
 * after `lagMs`. Every write fires the change event twice in every window, also in the one that wrote.
 */
export class FakeSecrets {
  /** The secrets on the disk, once all writes have arrived. */
  readonly stored = new Map<string, string>();
  /** How long a write takes to reach the other windows, in milliseconds (desktop: about 200). */
  lagMs = 0;
  /** Whether writes are refused, as when the keyring is locked. */
  refusesWrites = false;
  /** How many of the next reads are refused. */
  readsToRefuse = 0;
  /** How often any window has read a secret. */
  reads = 0;
  /** How often any window has written or deleted a secret. */
  writes = 0;
  readonly #windows = new Set<FakeWindow>();
  readonly #onTheWay = new Set<Promise<void>>();

  /** Opens the SecretStorage of another window. */
  window(): SecretStorage {
    const window = new FakeWindow(this.stored);
    this.#windows.add(window);
    return {
      keys: () => this.#read(() => [...window.seen.keys()]),
      get: (key) => {
        this.reads++;
        return this.#read(() => window.seen.get(key));
      },
      store: (key, value) => this.#write(window, key, value),
      delete: (key) => this.#write(window, key, undefined),
      onDidChange: (listener) => {
        window.listeners.add(listener);
        return { dispose: () => window.listeners.delete(listener) };
      },
    };
  }

  /** Fires the change event of `key` in every window, without a change. */
  fire(key: string): void {
    for (const window of this.#windows) window.fire(key);
  }

  /** Resolves when every write has reached every window. */
  async arrived(): Promise<void> {
    while (this.#onTheWay.size > 0) await Promise.all(this.#onTheWay);
  }

  async #read<T>(read: () => T): Promise<T> {
    if (this.readsToRefuse-- > 0) throw new Error('the keyring is locked');
    return Promise.resolve(read());
  }

  async #write(writer: FakeWindow, key: string, value: string | undefined): Promise<void> {
    if (this.refusesWrites) throw new Error('the keyring is locked');
    this.writes++;
    writer.take(key, value);
    set(this.stored, key, value);
    const arrive = () => {
      for (const window of this.#windows) if (window !== writer) window.take(key, value);
    };
    if (this.lagMs === 0) arrive();
    else {
      const arriving = setTimeout(this.lagMs).then(arrive);
      this.#onTheWay.add(arriving);
      void arriving.then(() => this.#onTheWay.delete(arriving));
    }
    await Promise.resolve();
  }
}

class FakeWindow {
  readonly seen: Map<string, string>;
  readonly listeners = new Set<(event: SecretStorageChangeEvent) => unknown>();

  constructor(stored: ReadonlyMap<string, string>) {
    this.seen = new Map(stored);
  }

  take(key: string, value: string | undefined): void {
    set(this.seen, key, value);
    this.fire(key);
    this.fire(key);
  }

  fire(key: string): void {
    for (const listener of this.listeners) listener({ key });
  }
}

function set(map: Map<string, string>, key: string, value: string | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
