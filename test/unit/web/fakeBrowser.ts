import { setImmediate as turn } from 'node:timers/promises';
import type { SecretStorage, SecretStorageChangeEvent } from 'vscode';

/**
 * A browser's secrets. A tab reads them when it is loaded, and writes its copy of them all back with
 * each change: the last writer wins. It hears of every write of its own, and of no other tab's.
 */
export class FakeBrowser {
  /** What a tab that is loaded now gets to see. */
  stored: ReadonlyMap<string, string> = new Map();
  /** Whether writes are refused, in every tab. */
  refusesWrites = false;
  /** How many writes there have been. */
  writes = 0;

  /** The storage of a tab that is loaded now. Each call goes to the page, and takes a turn. */
  tab(): SecretStorage {
    const own = new Map(this.stored);
    const listeners = new Set<(event: SecretStorageChangeEvent) => unknown>();
    const write = async (key: string, change: () => void) => {
      await turn();
      if (this.refusesWrites) throw new Error('the storage is full');
      this.writes++;
      change();
      this.stored = new Map(own);
      for (const listener of listeners) listener({ key });
    };
    return {
      keys: () => turn().then(() => [...own.keys()]),
      get: (key) => turn().then(() => own.get(key)),
      store: (key, value) => write(key, () => own.set(key, value)),
      delete: (key) => write(key, () => own.delete(key)),
      onDidChange: (listener) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
    };
  }
}
