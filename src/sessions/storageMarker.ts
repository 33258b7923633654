import type * as vscode from 'vscode';

/**
 * Whether SecretStorage still has a secret that an earlier window stored; `unknown` if there was none.
 */
export type Survival = 'kept' | 'lost' | 'unknown';

/**
 * Finds out whether SecretStorage has lost its secrets, as it does at each restart without a keyring.
 * No API of VS Code tells this. The marker is a dummy secret, with a note in globalState. If the note
 * exists and the secret does not, SecretStorage has lost its secrets.
 */
export class StorageMarker {
  readonly #secrets: vscode.SecretStorage;
  readonly #memory: vscode.Memento;
  readonly #key: string;
  #survival: Survival = 'unknown';
  /** Whether this window has stored or seen the secret. */
  #isSet = false;

  /**
   * @param memory `globalState`, which has the note.
   * @param key The key of both the secret and the note.
   */
  constructor(secrets: vscode.SecretStorage, memory: vscode.Memento, key = 'marker') {
    this.#secrets = secrets;
    this.#memory = memory;
    this.#key = key;
  }

  /** What the last call of `lost` found out; `unknown` before the first. */
  get survival(): Survival {
    return this.#survival;
  }

  /** Stores the secret and the note, unless both exist. Call it when a session has been stored. */
  async set(): Promise<void> {
    // Theia may lose the note: it overwrites one of two that are stored at once.
    const isNoted = this.#memory.get(this.#key) !== undefined;
    if (isNoted && this.#isSet) return;
    if (!isNoted || !(await this.#secrets.get(this.#key))) {
      const now = new Date().toISOString();
      await this.#secrets.store(this.#key, now);
      await this.#memory.update(this.#key, now);
    }
    this.#isSet = true;
  }

  /**
   * Finds out whether the secrets were lost. If so, returns the date since which they had been kept
   * (ISO 8601), and removes the note, so that a loss is reported once. Otherwise returns undefined.
   * @param hasOthers Whether other secrets were found. They prove that the storage works: a browser may
   * lose the dummy secret alone, if it was written together with another secret.
   */
  async lost(hasOthers = false): Promise<string | undefined> {
    const since = this.#memory.get<string>(this.#key);
    if (!since) return undefined;
    const isKept = hasOthers || (await this.#secrets.get(this.#key));
    this.#survival = isKept ? 'kept' : 'lost';
    if (this.#survival === 'kept') return undefined;
    this.#isSet = false;
    await this.#memory.update(this.#key, undefined);
    return since;
  }
}
