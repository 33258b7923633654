import type * as vscode from 'vscode';

const KEY = 'marker';

/**
 * Notices secrets that do not survive a restart, as without a keyring: no API tells. A secret of
 * no value is kept, and that it was, elsewhere; if only the one is there, the other was lost.
 */
export class StorageMarker {
  readonly #secrets: vscode.SecretStorage;
  readonly #memory: vscode.Memento;

  constructor(secrets: vscode.SecretStorage, memory: vscode.Memento) {
    this.#secrets = secrets;
    this.#memory = memory;
  }

  /** To be called when something worth keeping was stored. */
  async set(): Promise<void> {
    if (this.#memory.get(KEY) && (await this.#secrets.get(KEY))) return;
    await this.#secrets.store(KEY, new Date().toISOString());
    await this.#memory.update(KEY, true);
  }

  /** Whether secrets were lost since the last start; true once for each loss. */
  async isLost(): Promise<boolean> {
    if (!this.#memory.get(KEY) || (await this.#secrets.get(KEY))) return false;
    await this.#memory.update(KEY, undefined);
    return true;
  }
}
