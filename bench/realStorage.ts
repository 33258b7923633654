import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import type { StoredSession } from '../src/sessions/storedSession.ts';
import { companion } from './loading.ts';
import type { Step } from './measurement.ts';

/**
 * The storage of windows in VS Code’s own SecretStorage and Memento, which take a way to the window and
 * back. They are those of the companion. Notes when each use of a secret began and ended.
 */
export class RealStorage implements AsyncDisposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'spotify-bench-'));
  readonly memory: vscode.Memento;
  readonly secrets: { window: () => vscode.SecretStorage };
  /** The reads and writes of secrets so far. Their times are those of `performance.now()`. */
  readonly uses: Step[] = [];
  readonly #secrets: vscode.SecretStorage;

  constructor() {
    const { secrets, globalState } = companion().context;
    this.#secrets = secrets;
    this.memory = globalState;
    const real = this.#secrets;
    const noted = {
      keys: () => real.keys(),
      get: (key: string) => this.#note(`is asked for the ${kindOf(key)}`, real.get(key)),
      delete: (key: string) => this.#note(`deletes the ${kindOf(key)}`, real.delete(key)),
      onDidChange: real.onDidChange,
      store: (key: string, value: string) =>
        this.#note(`stores the ${kindOf(key)}`, real.store(key, value)),
    };
    this.secrets = { window: () => noted };
  }

  record(): StoredSession {
    throw new Error('VS Code’s SecretStorage is read with promises only.');
  }

  async #note<T>(what: string, use: Thenable<T>): Promise<T> {
    const begin = performance.now();
    try {
      return await use;
    } finally {
      this.uses.push({ name: `SecretStorage ${what}`, begin, end: performance.now() });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const key of await this.#secrets.keys()) await this.#secrets.delete(key);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

const kindOf = (key: string): string => key.split(':')[0] ?? key;
