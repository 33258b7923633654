import type * as vscode from 'vscode';
import { StorageMarker, type Survival } from './storageMarker.ts';

const PROBE = 'probe';

/** What SecretStorage does with what it is given. */
export interface SecretsFinding {
  /** Whether what was stored just now could be read just now. */
  readonly givesBack: boolean;
  readonly survival: Survival;
}

/** Tries SecretStorage out, and leaves a marker of its own, so that the next start can tell more. */
export class SecretsCheck {
  readonly #secrets: vscode.SecretStorage;
  /** That of the sessions, and our own: who diagnoses may have none. */
  readonly #markers: readonly [sessions: StorageMarker, own: StorageMarker];
  #looked: Promise<unknown> | undefined;

  /** @param marker Has looked for what was lost when the sessions have been read. */
  constructor(secrets: vscode.SecretStorage, memory: vscode.Memento, marker: StorageMarker) {
    this.#secrets = secrets;
    this.#markers = [marker, new StorageMarker(secrets, memory, 'diagnosis')];
  }

  /** Rejects when SecretStorage refuses. */
  async run(): Promise<SecretsFinding> {
    const [sessions, own] = this.#markers;
    await (this.#looked ??= own.lost());
    const written = crypto.randomUUID();
    await this.#secrets.store(PROBE, written);
    const givesBack = (await this.#secrets.get(PROBE)) === written;
    await this.#secrets.delete(PROBE);
    await own.set();
    const survival = sessions.survival === 'unknown' ? own.survival : sessions.survival;
    return { givesBack, survival };
  }
}
