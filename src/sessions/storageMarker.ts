import type * as vscode from 'vscode';

/** Whether SecretStorage kept the secrets of an earlier window; `unknown` if there was none. */
export type Survival = 'kept' | 'lost' | 'unknown';

/**
 * A dummy secret, with a note in globalState. The note without the secret: SecretStorage was lost,
 * as it is at each restart without a keyring. No API of VS Code tells of that.
 */
export class StorageMarker {
  readonly #secrets: vscode.SecretStorage;
  readonly #memory: vscode.Memento;
  readonly #key: string;
  #survival: Survival = 'unknown';

  /**
   * @param memory `globalState`, which has the note.
   * @param key Key of both the secret and the note.
   */
  constructor(secrets: vscode.SecretStorage, memory: vscode.Memento, key = 'marker') {
    this.#secrets = secrets;
    this.#memory = memory;
    this.#key = key;
  }

  /** What the last call of `lost` found out. */
  get survival(): Survival {
    return this.#survival;
  }

  /** Stores the secret and the note, unless both exist. Call it when a session has been stored. */
  async set(): Promise<void> {
    if (this.#memory.get(this.#key) && (await this.#secrets.get(this.#key))) return;
    const now = new Date().toISOString();
    await this.#secrets.store(this.#key, now);
    await this.#memory.update(this.#key, now);
  }

  /**
   * Finds out whether the secrets were lost. If so, resolves with the date since which they had been
   * kept (ISO 8601), and removes the note, so that a loss is reported once; else with undefined.
   * @param hasOthers Whether other secrets were found. They prove that the storage works: a browser
   * may lose the dummy secret alone, if it was written together with another one.
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
