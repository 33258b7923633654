import type { SecretStorage } from 'vscode';
import type { Log } from '../../../src/common/log.ts';
import { CallbackHandover } from '../../../src/flows/callbackHandover.ts';
import { CallbackUriHandler } from '../../../src/flows/callbackUriHandler.ts';
import { FakeSecrets } from '../sessions/fakeSecrets.ts';

/** A state as `signIn` makes it. */
export const stateOf = (letter: string): string => letter.repeat(43);

/** The query of a link as VS Code hands it over: decoded once. */
export const answerTo = (letter: string): string => `code=for-${letter}&state=${stateOf(letter)}`;

/** The links of several windows of one desktop, which share their secrets, and are slow to. */
export class LinkWindows {
  readonly secrets = new FakeSecrets();
  readonly log: string[] = [];
  readonly #ends = new AbortController();

  constructor() {
    this.secrets.lagMs = 200;
  }

  /** One more window, on secrets of its own where that is what a test is about. */
  open(secrets: SecretStorage = this.secrets.window()): CallbackUriHandler {
    const log = new Proxy({} as Log, { get: () => (line: string) => this.log.push(line) });
    return new CallbackUriHandler(new CallbackHandover(secrets, log), log);
  }

  /** What of the callbacks lies in the secrets of all windows. */
  get offers(): string[] {
    return [...this.secrets.stored.keys()].filter((key) => key.startsWith('callback:'));
  }

  /** Waits until the test is over. */
  waitFor(links: CallbackUriHandler, letter: string): Promise<string> {
    const waiting = links.waitFor(stateOf(letter), this.#ends.signal);
    waiting.catch(() => undefined);
    return waiting;
  }

  /** Ends what waits still. */
  async close(): Promise<void> {
    this.#ends.abort(new Error('the test is over'));
    await this.secrets.arrived();
  }
}
