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
   * Returns the answer with this `state`, as a query (`code=…&state=…` or `error=…&state=…`),
   * whether this window or another one receives it. Rejects with the signal's reason on an abort.
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

  /**
   * Called by VS Code with a link to this extension. Never rejects: VS Code would only log the
   * error.
   */
  async handleUri({ query }: Pick<vscode.Uri, 'query'>): Promise<void> {
    const { state, answer } = read(query);
    const waiting = this.#waiting.get(state);
    // A link without an answer is from our own page, and only brings the window to the front.
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
 * Returns the state in a link, and the answer in it as a query; both are empty if the link has
 * none. In the relay flow, the `state` that Spotify gets is the address of the link. So this
 * extension's own state is in the parameter `nonce`.
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
