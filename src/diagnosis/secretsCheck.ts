import type * as vscode from 'vscode';
import { StorageMarker, type Survival } from '../sessions/storageMarker.ts';

/**
 * The beginning of the key of a test secret. After it comes the time, in milliseconds since the epoch.
 */
const PROBE_PREFIX = 'probe:';

/**
 * A check of SecretStorage takes less than this, in milliseconds. A test secret that is older was left
 * by a window that was killed, and is deleted.
 */
const MAX_RUN_MS = 60_000;

/** What the check of SecretStorage found. */
export interface SecretsFinding {
  /** Whether a secret can be read right after it was stored. */
  readonly givesBack: boolean;
  /** Whether secrets survive a restart of the editor. */
  readonly survival: Survival;
}

/**
 * Tests SecretStorage. The test leaves a marker there: a secret from which it can tell, after a
 * restart, whether secrets survive.
 */
export class SecretsCheck {
  readonly #secrets: vscode.SecretStorage;
  /** The marker of the sessions; and a marker of the diagnosis, for a user without sessions. */
  readonly #markers: readonly [sessions: StorageMarker, own: StorageMarker];
  /**
   * The search for the marker of the diagnosis. It is not repeated after it has succeeded in this
   * window.
   */
  #markerSearch: Promise<unknown> | undefined;

  /**
   * @param marker The marker of the sessions. After the sessions were read, it knows whether secrets
   * were lost.
   */
  constructor(secrets: vscode.SecretStorage, memory: vscode.Memento, marker: StorageMarker) {
    this.#secrets = secrets;
    this.#markers = [marker, new StorageMarker(secrets, memory, 'diagnosis')];
  }

  /** Tests SecretStorage. Rejects if SecretStorage fails. */
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

  /** Deletes the test secrets that windows left when they were killed. */
  async #removeOld(): Promise<void> {
    for (const key of await this.#secrets.keys()) {
      if (!key.startsWith(PROBE_PREFIX)) continue;
      const storedAt = parseInt(key.slice(PROBE_PREFIX.length), 10);
      const isRunning = Math.abs(Date.now() - storedAt) < MAX_RUN_MS;
      if (!isRunning) await this.#secrets.delete(key);
    }
  }
}
