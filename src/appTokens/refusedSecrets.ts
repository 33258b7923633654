import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { appNotices } from '../messages/appTokens.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { App, ClientSecrets } from './clientSecrets.ts';

/** What {@link RefusedSecrets} works with. */
export interface RefusedSecretsOptions {
  readonly secrets: ClientSecrets;
  /** Asks for another secret of this app; resolves when the person has given one, or not. */
  readonly enterAnother: (clientId: string) => Promise<void>;
  readonly log: Log;
}

/** Tells the person of a client secret that Spotify refuses; it is kept if they say so only. */
export class RefusedSecrets {
  readonly #options: RefusedSecretsOptions;
  /** The secrets that Spotify refused last, and which message says so; of this window. */
  readonly #messages = new Map<string, number>();
  #last = 0;

  constructor(options: RefusedSecretsOptions) {
    this.#options = options;
  }

  /** Whether the last word about it was a refusal. */
  has(clientSecret: string): boolean {
    return this.#messages.has(clientSecret);
  }

  /** Spotify has taken it: what was said before is over. */
  accepted(clientSecret: string): void {
    this.#messages.delete(clientSecret);
  }

  /**
   * Tells of it, once in a window, and of one that the person has kept not at all.
   * @param isAskedFor The person waits for what came of it, so they are told in any case.
   */
  tell(app: App, isAskedFor: boolean): void {
    if (!isAskedFor && (app.isKept || this.has(app.clientSecret))) return;
    const message = ++this.#last;
    this.#messages.set(app.clientSecret, message);
    const { log } = this.#options;
    log.warn('Spotify refuses the client secret.');
    this.#ask(app, message).catch((error: unknown) => log.error(describeError(error)));
  }

  async #ask({ clientId, clientSecret, isKept, isFromEnvironment }: App, message: number) {
    const { secrets, enterAnother, log } = this.#options;
    if (isFromEnvironment) {
      await showMessage('warning', appNotices.refusedOfEnvironment(), {}, log);
      return;
    }
    const words = isKept ? appNotices.stillRefused(clientId) : appNotices.refused(clientId);
    const handlers = { enterAnother: () => enterAnother(clientId) };
    const chosen = await showMessage('warning', words, handlers, log);
    const current = await secrets.of(clientId);
    // VS Code closes a message for another with the same words; only the latest one counts.
    if (this.#messages.get(clientSecret) !== message) return;
    // Meanwhile it may have been replaced, or kept, also in another window.
    if (current?.clientSecret !== clientSecret || current.isKept) return;
    if (chosen === 'keep') await secrets.keep(clientId, clientSecret, true);
    else await secrets.forget(clientId);
  }
}
