import type * as vscode from 'vscode';

/** Whether secrets outlive their window; not known before the second one. */
export type Survival = 'kept' | 'lost' | 'unknown';

/**
 * Notices secrets that do not survive a restart, as without a keyring: no API tells. A secret of
 * no value is kept, and that it was, elsewhere; if only the one is there, the other was lost.
 */
export class StorageMarker {
  readonly #secrets: vscode.SecretStorage;
  readonly #memory: vscode.Memento;
  readonly #key: string;
  #survival: Survival = 'unknown';

  /** @param key Names the secret, and its memory. */
  constructor(secrets: vscode.SecretStorage, memory: vscode.Memento, key = 'marker') {
    this.#secrets = secrets;
    this.#memory = memory;
    this.#key = key;
  }

  /** What `lost` has found in this window. */
  get survival(): Survival {
    return this.#survival;
  }

  /** To be called when something worth keeping was stored. */
  async set(): Promise<void> {
    if (this.#memory.get(this.#key) && (await this.#secrets.get(this.#key))) return;
    const now = new Date().toISOString();
    await this.#secrets.store(this.#key, now);
    await this.#memory.update(this.#key, now);
  }

  /**
   * Since when the secrets had been kept that are lost now; undefined where none are.
   * @param hasOthers Whether other secrets were found: a browser may lose one that was written
   * together with another, so that alone says nothing.
   */
  async lost(hasOthers = false): Promise<string | undefined> {
    const since = this.#memory.get<string>(this.#key);
    if (!since) return undefined;
    const isKept = hasOthers || (await this.#secrets.get(this.#key));
    this.#survival = isKept ? 'kept' : 'lost';
    if (this.#survival === 'kept') return undefined;
    await this.#memory.update(this.#key, undefined);
    return since;
  }
}
