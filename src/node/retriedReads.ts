import type { SecretStorage } from 'vscode';
import { delay } from '../auth/abortable.ts';

/** How long a read waits before it is repeated, in milliseconds. */
const PAUSE_MS = 50;

/**
 * Returns SecretStorage whose reads are repeated once if they reject. Where there is no keyring, Theia 1.74
 * rejects the first reads, because it uses the keyring while it tries it (`core/src/node/key-store-server.ts`).
 */
export function retriedReads(secrets: SecretStorage): SecretStorage {
  return {
    keys: () => twice(() => secrets.keys()),
    get: (key) => twice(() => secrets.get(key)),
    store: (key, value) => secrets.store(key, value),
    delete: (key) => secrets.delete(key),
    onDidChange: (listener) => secrets.onDidChange(listener),
  };
}

async function twice<T>(read: () => Thenable<T>): Promise<T> {
  try {
    return await read();
  } catch {
    await delay(PAUSE_MS);
    return read();
  }
}
