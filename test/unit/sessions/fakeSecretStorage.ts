import type { SecretStorage, SecretStorageChangeEvent } from 'vscode';

/** The desktop's secrets of one extension, as its windows see them. */
export class FakeSecrets {
  readonly stored = new Map<string, string>();
  /** Whether writes are refused, as when the keyring is locked. */
  refusesWrites = false;
  readonly #windows = new Set<(event: SecretStorageChangeEvent) => unknown>();

  /** The storage of one more window. Every window hears of every write, its own included. */
  window(): SecretStorage {
    return {
      keys: () => Promise.resolve([...this.stored.keys()]),
      get: (key) => Promise.resolve(this.stored.get(key)),
      store: (key, value) => this.#write(() => this.stored.set(key, value), key),
      delete: (key) => this.#write(() => this.stored.delete(key), key),
      onDidChange: (listener) => {
        this.#windows.add(listener);
        return { dispose: () => this.#windows.delete(listener) };
      },
    };
  }

  /** Tells every window of a change, whether there was one or not. */
  fire(key: string): void {
    for (const listener of this.#windows) listener({ key });
  }

  async #write(change: () => void, key: string): Promise<void> {
    if (this.refusesWrites) throw new Error('the keyring is locked');
    change();
    this.fire(key);
    await Promise.resolve();
  }
}
