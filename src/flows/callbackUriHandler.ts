import type * as vscode from 'vscode';
import { isAnswerTo } from '../auth/responseUrl.ts';
import { unlessAborted } from '../auth/abortable.ts';
import type { Log } from '../common/log.ts';
import type { CallbackHandover } from './callbackHandover.ts';

/**
 * Receives the links that the browser opens in the editor. A link cannot say which window waits
 * for it, so that one which arrives in a window where nobody does is handed over to the others.
 */
export class CallbackUriHandler implements vscode.UriHandler {
  readonly #handover: CallbackHandover;
  readonly #log: Log;
  readonly #waiting = new Map<string, (query: string) => void>();

  constructor(handover: CallbackHandover, log: Log) {
    this.#handover = handover;
    this.#log = log;
  }

  /**
   * The query, as `code=…&state=…`, of the one link that carries `state`, in whatever window it
   * arrives. Rejects with the signal's reason.
   */
  async waitFor(state: string, signal: AbortSignal): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#waiting.set(state, resolve);
    const watching = this.#handover.watch(state, resolve);
    void this.#handover.removeOld();
    try {
      return await unlessAborted(promise, signal);
    } finally {
      this.#waiting.delete(state);
      watching.dispose();
    }
  }

  /** What VS Code logs of a rejection is of no use to anybody, so that there is none. */
  async handleUri({ query }: Pick<vscode.Uri, 'query'>): Promise<void> {
    const { state, answer } = read(query);
    const waiting = this.#waiting.get(state);
    // The pages of ours have a link that is to bring the window to the front.
    if (!answer) return;
    if (!isAnswerTo(`?${answer}`, state)) {
      this.#log.warn('A link was opened that is no answer of Spotify’s.');
    } else if (waiting) {
      waiting(answer);
    } else {
      await this.#handover.put(state, answer);
    }
  }
}

/**
 * The state and what else counts of a link. Through the relay the state is the address of the link
 * itself, which therefore brings ours as `nonce`.
 */
function read(query: string): { state: string; answer: string } {
  // VS Code has decoded the query already: a "+" in it is a plus.
  const found = new URLSearchParams(query.replaceAll('+', '%2B'));
  const states = found.has('nonce') ? found.getAll('nonce') : found.getAll('state');
  const answer = new URLSearchParams();
  for (const state of states) answer.append('state', state);
  for (const [name, value] of found) {
    if (name === 'code' || name === 'error') answer.append(name, value);
  }
  return { state: states[0] ?? '', answer: answer.toString() };
}
