import type { SecretStorage } from 'vscode';
import { parseJsonObject } from '../auth/jsonObject.ts';
import { taskQueue } from '../auth/taskQueue.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';

const PREFIX = 'callback:';
/**
 * How long a callback stays in SecretStorage, in milliseconds after it was stored. After that, it
 * is deleted, because its authorization code has expired.
 */
const LIFETIME_MS = 60_000;
/**
 * The form of a state that this extension makes. A callback with any other state is not
 * stored, because any program can open a link and must not fill SecretStorage.
 */
const STATE = /^[\w-]{43}$/;
/** As many callbacks are stored at most. If another one comes, the oldest is deleted. */
const MOST_CALLBACKS = 20;
/** The greatest length of a callback, in characters. A longer callback is not stored. */
const LONGEST_CALLBACK = 4000;

/**
 * The part of SecretStorage that this file uses. All windows of an editor share SecretStorage, also
 * windows that are connected to a server.
 */
export type SharedSecrets = Pick<
  SecretStorage,
  'keys' | 'get' | 'store' | 'delete' | 'onDidChange'
>;

/**
 * Passes a callback from the window that received it to the window that waits for it, by a secret
 * in SecretStorage. No method rejects: an error of SecretStorage is logged.
 */
export class CallbackHandover {
  readonly #secrets: SharedSecrets;
  readonly #log: Log;
  /** Stores the callbacks of this window one after the other. */
  readonly #inTurn = taskQueue();

  constructor(secrets: SharedSecrets, log: Log) {
    this.#secrets = secrets;
    this.#log = log;
  }

  /**
   * Stores `answer` for the window that waits for `state`. Ignores a state or an answer that this
   * extension cannot have requested.
   */
  async put(state: string, answer: string): Promise<void> {
    if (!STATE.test(state) || answer.length > LONGEST_CALLBACK) return;
    await this.#inTurn(async () => {
      await this.removeOld(MOST_CALLBACKS - 1);
      await this.#logged(async () => {
        await this.#secrets.store(PREFIX + state, JSON.stringify({ answer, at: Date.now() }));
      });
    });
  }

  /**
   * Calls `take` with the answer that another window stores for `state`, and then deletes the
   * secret. Ends when the returned object is disposed of.
   */
  watch(state: string, take: (answer: string) => void): { dispose(): void } {
    const key = PREFIX + state;
    return this.#secrets.onDidChange(async (change) => {
      if (change.key !== key) return;
      await this.#logged(async () => {
        const offer = parseJsonObject((await this.#secrets.get(key)) ?? '');
        if (typeof offer?.['answer'] !== 'string') return;
        take(offer['answer']);
        await this.#secrets.delete(key);
      });
    });
  }

  /**
   * Deletes answers that no window has taken within `LIFETIME_MS`, and the oldest of those that are more
   * than `most`.
   */
  async removeOld(most = MOST_CALLBACKS): Promise<void> {
    await this.#logged(async () => {
      const young: { key: string; at: number }[] = [];
      for (const key of await this.#secrets.keys()) {
        if (!key.startsWith(PREFIX)) continue;
        const at = parseJsonObject((await this.#secrets.get(key)) ?? '')?.['at'];
        const isYoung = typeof at === 'number' && Math.abs(Date.now() - at) < LIFETIME_MS;
        if (isYoung) young.push({ key, at });
        else await this.#secrets.delete(key);
      }
      young.sort((a, b) => a.at - b.at);
      for (const { key } of young.slice(0, -most)) await this.#secrets.delete(key);
    });
  }

  async #logged(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#log.warn(`The secret of a callback cannot be used. ${describeError(error)}`);
    }
  }
}
