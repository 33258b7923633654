import type * as vscode from 'vscode';
import { StorageMarker, type Survival } from '../sessions/storageMarker.ts';

/** A run stores its test secret under a key with this prefix, followed by the time in milliseconds. */
const PROBE_PREFIX = 'probe:';

/** The longest time, in milliseconds, that a run takes. Test secrets of older runs are deleted. */
const MAX_RUN_MS = 60_000;

/** What the check of SecretStorage found. */
export interface SecretsFinding {
  /** Whether a secret can be read right after it was stored. */
  readonly givesBack: boolean;
  /** Whether secrets survive a restart of the editor. */
  readonly survival: Survival;
}

/**
 * Tests SecretStorage. Leaves a secret there as a marker: after a restart, the check can tell by it
 * whether secrets survive.
 */
export class SecretsCheck {
  readonly #secrets: vscode.SecretStorage;
  /** The marker of the sessions, and the diagnosis' own marker for a user without sessions. */
  readonly #markers: readonly [sessions: StorageMarker, own: StorageMarker];
  /** The search for the diagnosis' own marker. It succeeds once per window. */
  #markerSearch: Promise<unknown> | undefined;

  /** @param marker The marker of the sessions. It knows about lost secrets once these were read. */
  constructor(secrets: vscode.SecretStorage, memory: vscode.Memento, marker: StorageMarker) {
    this.#secrets = secrets;
    this.#markers = [marker, new StorageMarker(secrets, memory, 'diagnosis')];
  }

  /** Rejects if SecretStorage fails. */
  async run(): Promise<SecretsFinding> {
    const [sessions, own] = this.#markers;
    await (this.#markerSearch ??= own.lost().catch((error: unknown) => {
      this.#markerSearch = undefined;
      throw error;
    }));
    await this.#removeOld();
    const givesBack = await this.#givesBack();
    await own.set();
    const survival = sessions.survival === 'unknown' ? own.survival : sessions.survival;
    return { givesBack, survival };
  }

  async #givesBack(): Promise<boolean> {
    const secret = crypto.randomUUID();
    const key = `${PROBE_PREFIX}${Date.now()}:${secret}`;
    try {
      await this.#secrets.store(key, secret);
      return (await this.#secrets.get(key)) === secret;
    } finally {
      await this.#secrets.delete(key);
    }
  }

  /** Deletes the test secrets of runs whose window was killed. */
  async #removeOld(): Promise<void> {
    for (const key of await this.#secrets.keys()) {
      if (!key.startsWith(PROBE_PREFIX)) continue;
      const storedAt = parseInt(key.slice(PROBE_PREFIX.length), 10);
      const isRunning = Math.abs(Date.now() - storedAt) < MAX_RUN_MS;
      if (!isRunning) await this.#secrets.delete(key);
    }
  }
}
