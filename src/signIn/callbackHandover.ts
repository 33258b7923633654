import type { SecretStorage } from 'vscode';
import { parseJsonObject } from '../auth/jsonObject.ts';

const PREFIX = 'callback:';
/** An answer that nobody took by then is void, in milliseconds: its code is. */
const LIFETIME_MS = 60_000;
/** A state of ours. Anybody can open a link, and is not to fill the storage. */
const STATE = /^[\w-]{43}$/;
const LONGEST_ANSWER = 4000;

/** What of SecretStorage is needed: all windows of an editor share it, remote ones too. */
export type SharedSecrets = Pick<
  SecretStorage,
  'keys' | 'get' | 'store' | 'delete' | 'onDidChange'
>;

/** Hands a callback over from the window where it arrived to the one that waits for it. */
export class CallbackHandover {
  readonly #secrets: SharedSecrets;

  constructor(secrets: SharedSecrets) {
    this.#secrets = secrets;
  }

  /** Offers `answer` to the window that waits for `state`. */
  async put(state: string, answer: string): Promise<void> {
    if (!STATE.test(state) || answer.length > LONGEST_ANSWER) return;
    await this.removeOld();
    await this.#secrets.store(PREFIX + state, JSON.stringify({ answer, at: Date.now() }));
  }

  /** Calls `take` with the answer that another window offers for `state`, which is then deleted. */
  watch(state: string, take: (answer: string) => void): { dispose(): void } {
    const key = PREFIX + state;
    return this.#secrets.onDidChange(async (change) => {
      if (change.key !== key) return;
      const offer = parseJsonObject((await this.#secrets.get(key)) ?? '');
      if (typeof offer?.['answer'] !== 'string') return;
      take(offer['answer']);
      await this.#secrets.delete(key);
    });
  }

  /** Deletes what nobody took; the next sign-in does. */
  async removeOld(): Promise<void> {
    for (const key of await this.#secrets.keys()) {
      if (!key.startsWith(PREFIX)) continue;
      const at = parseJsonObject((await this.#secrets.get(key)) ?? '')?.['at'];
      const isYoung = typeof at === 'number' && Math.abs(Date.now() - at) < LIFETIME_MS;
      if (!isYoung) await this.#secrets.delete(key);
    }
  }
}
