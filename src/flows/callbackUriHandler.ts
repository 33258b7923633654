import type * as vscode from 'vscode';
import { isAnswerTo } from '../auth/responseUrl.ts';
import { unlessAborted } from '../auth/abortable.ts';
import type { Log } from '../common/log.ts';
import type { CallbackHandover } from './callbackHandover.ts';

/**
 * Receives the links that the browser opens in the editor. VS Code opens a link in any window, so a
 * link that arrives in the wrong window is passed to the window that waits for it.
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
   * Resolves with the query (`code=…&state=…`) of the link that carries `state`, whichever window
   * receives it. Rejects with the signal's reason.
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

  /** Called by VS Code. Never rejects, since VS Code would only log the error. */
  async handleUri({ query }: Pick<vscode.Uri, 'query'>): Promise<void> {
    const { state, answer } = read(query);
    const waiting = this.#waiting.get(state);
    // The link on our own pages only brings the window to the front.
    if (!answer) return;
    if (!isAnswerTo(`?${answer}`, state)) {
      this.#log.warn('A link was opened that is not an answer from Spotify.');
    } else if (waiting) {
      waiting(answer);
    } else {
      await this.#handover.put(state, answer);
    }
  }
}

/**
 * The state of a link, and its answer as a query. Through the relay, Spotify's `state` is the address
 * of the link itself, so our own state comes as `nonce`.
 */
function read(query: string): { state: string; answer: string } {
  // VS Code has decoded the query already, so a "+" in it is a plus sign.
  const found = new URLSearchParams(query.replaceAll('+', '%2B'));
  const states = found.has('nonce') ? found.getAll('nonce') : found.getAll('state');
  const answer = new URLSearchParams();
  for (const state of states) answer.append('state', state);
  for (const [name, value] of found) {
    if (name === 'code' || name === 'error') answer.append(name, value);
  }
  return { state: states[0] ?? '', answer: answer.toString() };
}
