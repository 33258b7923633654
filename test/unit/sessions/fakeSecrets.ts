import { setTimeout } from 'node:timers/promises';
import type { SecretStorage, SecretStorageChangeEvent } from 'vscode';

/**
 * The desktop's secrets of one extension. A window sees its own writes at once and those of others
 * after a while; it hears of every write, its own included, more than once, and of some that
 * changed nothing.
 */
export class FakeSecrets {
  /** What is on the disk, in the end. */
  readonly stored = new Map<string, string>();
  /** How long a write takes to the other windows, in milliseconds (desktop: about 200). */
  lagMs = 0;
  /** Whether writes are refused, as when the keyring is locked. */
  refusesWrites = false;
  /** How often a secret was read, by whatever window. */
  reads = 0;
  /** How many writes there have been. */
  writes = 0;
  readonly #windows = new Set<FakeWindow>();
  readonly #onTheWay = new Set<Promise<void>>();

  /** The storage of one more window. */
  window(): SecretStorage {
    const window = new FakeWindow(this.stored);
    this.#windows.add(window);
    return {
      keys: () => Promise.resolve([...window.seen.keys()]),
      get: (key) => {
        this.reads++;
        return Promise.resolve(window.seen.get(key));
      },
      store: (key, value) => this.#write(window, key, value),
      delete: (key) => this.#write(window, key, undefined),
      onDidChange: (listener) => {
        window.listeners.add(listener);
        return { dispose: () => window.listeners.delete(listener) };
      },
    };
  }

  /** Tells every window of a change, whether there was one or not. */
  fire(key: string): void {
    for (const window of this.#windows) window.fire(key);
  }

  /** Resolves when every window has heard of all that was written. */
  async arrived(): Promise<void> {
    while (this.#onTheWay.size > 0) await Promise.all(this.#onTheWay);
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
