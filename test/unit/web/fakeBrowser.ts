import { setImmediate as turn } from 'node:timers/promises';
import type { SecretStorage, SecretStorageChangeEvent } from 'vscode';

/**
 * A fake of VS Code's SecretStorage in a browser. A tab reads all secrets when it is loaded. With each
 * change it writes its copy of all of them: the last writer wins. A tab gets change events only for its
 * own writes.
 */
export class FakeBrowser {
  /** The secrets that a tab reads if it is loaded now. */
  stored: ReadonlyMap<string, string> = new Map();
  /** Whether writes are refused, in every tab. */
  refusesWrites = false;
  /** How often any tab has written. */
  writes = 0;

  /** Loads a tab, and returns its storage. Each call takes a turn of the event loop. */
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
