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
    const now = new Date().toISOString();
    await this.#secrets.store(KEY, now);
    await this.#memory.update(KEY, now);
  }

  /** Since when the secrets had been kept that are lost now; undefined where none are. */
  async lost(): Promise<string | undefined> {
    const since = this.#memory.get<string>(KEY);
    if (!since || (await this.#secrets.get(KEY))) return undefined;
    await this.#memory.update(KEY, undefined);
    return since;
  }
}
