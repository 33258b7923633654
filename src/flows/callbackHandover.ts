import type { SecretStorage } from 'vscode';
import { parseJsonObject } from '../auth/jsonObject.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';

const PREFIX = 'callback:';
/** After this the answer is void, since its code has expired; in milliseconds. */
const LIFETIME_MS = 60_000;
/** The form of our states. Any program can open a link, and must not fill SecretStorage with it. */
const STATE = /^[\w-]{43}$/;
const LONGEST_ANSWER = 4000;

/** The part of SecretStorage that is used. All windows of an editor share it, remote ones too. */
export type SharedSecrets = Pick<
  SecretStorage,
  'keys' | 'get' | 'store' | 'delete' | 'onDidChange'
>;

/**
 * Passes a callback from the window where it arrived to the window that waits for it, by a secret.
 * No method rejects: what SecretStorage refuses is logged.
 */
export class CallbackHandover {
  readonly #secrets: SharedSecrets;
  readonly #log: Log;

  constructor(secrets: SharedSecrets, log: Log) {
    this.#secrets = secrets;
    this.#log = log;
  }

  /** Stores `answer` for the window that waits for `state`. */
  async put(state: string, answer: string): Promise<void> {
    if (!STATE.test(state) || answer.length > LONGEST_ANSWER) return;
    await this.#logged(async () => {
      await this.#secrets.store(PREFIX + state, JSON.stringify({ answer, at: Date.now() }));
    });
    await this.removeOld();
  }

  /** Calls `take` with the answer that another window stores for `state`, and deletes the secret. */
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

  /** Deletes answers that no window has taken in time. */
  async removeOld(): Promise<void> {
    await this.#logged(async () => {
      for (const key of await this.#secrets.keys()) {
        if (!key.startsWith(PREFIX)) continue;
        const at = parseJsonObject((await this.#secrets.get(key)) ?? '')?.['at'];
        const isYoung = typeof at === 'number' && Math.abs(Date.now() - at) < LIFETIME_MS;
        if (!isYoung) await this.#secrets.delete(key);
      }
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
