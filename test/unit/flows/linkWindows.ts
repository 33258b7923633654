import type { SecretStorage } from 'vscode';
import type { Log } from '../../../src/common/log.ts';
import { CallbackHandover } from '../../../src/flows/callbackHandover.ts';
import { CallbackUriHandler } from '../../../src/flows/callbackUriHandler.ts';
import { FakeSecrets } from '../sessions/fakeSecrets.ts';

/** A state in the form of ours: 43 characters. */
export const stateOf = (letter: string): string => letter.repeat(43);

/** The query of a link as VS Code hands it over: decoded once. */
export const answerTo = (letter: string): string => `code=for-${letter}&state=${stateOf(letter)}`;

/** The URI handlers of several windows of one desktop. Secrets reach the other windows late. */
export class LinkWindows {
  readonly secrets = new FakeSecrets();
  readonly log: string[] = [];
  readonly #ends = new AbortController();

  constructor() {
    this.secrets.lagMs = 200;
  }

  /** Opens a window, by default on the secrets that all windows share. */
  open(secrets: SecretStorage = this.secrets.window()): CallbackUriHandler {
    const log = new Proxy({} as Log, { get: () => (line: string) => this.log.push(line) });
    return new CallbackUriHandler(new CallbackHandover(secrets, log), log);
  }

  /** The keys of the links that are stored for other windows. */
  get storedLinks(): string[] {
    return [...this.secrets.stored.keys()].filter((key) => key.startsWith('callback:'));
  }

  /** Waits for the link of a sign-in, at most until the test ends. */
  waitFor(links: CallbackUriHandler, letter: string): Promise<string> {
    const waiting = links.waitFor(stateOf(letter), this.#ends.signal);
    waiting.catch(() => undefined);
    return waiting;
  }

  /** Ends every wait. */
  async close(): Promise<void> {
    this.#ends.abort(new Error('the test is over'));
    await this.secrets.arrived();
  }
}
