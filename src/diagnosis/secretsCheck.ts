import type * as vscode from 'vscode';
import { StorageMarker, type Survival } from '../sessions/storageMarker.ts';

/** Each run has a secret of its own, whose key goes on with when it was stored, in milliseconds. */
const PROBE = 'probe:';

/** A run that is older is over, however it ended, in milliseconds. */
const LONGEST_MS = 60_000;

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
    await (this.#looked ??= own.lost().catch((error: unknown) => {
      this.#looked = undefined;
      throw error;
    }));
    await this.#removeOld();
    const givesBack = await this.#givesBack();
    await own.set();
    const survival = sessions.survival === 'unknown' ? own.survival : sessions.survival;
    return { givesBack, survival };
  }

  async #givesBack(): Promise<boolean> {
    const written = crypto.randomUUID();
    const key = `${PROBE}${Date.now()}:${written}`;
    try {
      await this.#secrets.store(key, written);
      return (await this.#secrets.get(key)) === written;
    } finally {
      await this.#secrets.delete(key);
    }
  }

  /** Deletes what runs have left that were killed. */
  async #removeOld(): Promise<void> {
    for (const key of await this.#secrets.keys()) {
      if (!key.startsWith(PROBE)) continue;
      const storedAt = parseInt(key.slice(PROBE.length), 10);
      const isYoung = Math.abs(Date.now() - storedAt) < LONGEST_MS;
      if (!isYoung) await this.#secrets.delete(key);
    }
  }
}
