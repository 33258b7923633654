import { describeError } from '../describeError.ts';
import type { Log } from '../log.ts';
import { appNotices } from '../messages/appTokens.ts';
import { showMessage } from '../signIn/showMessage.ts';
import type { App, ClientSecrets } from './clientSecrets.ts';

/** What {@link RefusedSecrets} works with. */
export interface RefusedSecretsOptions {
  readonly secrets: ClientSecrets;
  /** Asks for another secret; resolves when the person has given one, or not. */
  readonly enterAnother: () => Promise<void>;
  readonly log: Log;
}

/** Tells the person of a client secret that Spotify refuses; it is kept if they say so only. */
export class RefusedSecrets {
  readonly #options: RefusedSecretsOptions;
  /** Those that the person was told of in this window. */
  readonly #told = new Set<string>();

  constructor(options: RefusedSecretsOptions) {
    this.#options = options;
  }

  /**
   * Tells of it, once in a window, and of one that the person has kept not at all.
   * @param isAskedFor The person waits for what came of it, so they are told in any case.
   */
  tell(app: App, isAskedFor: boolean): void {
    if (!isAskedFor && (app.isKept || this.#told.has(app.clientSecret))) return;
    this.#told.add(app.clientSecret);
    const { log } = this.#options;
    log.warn('Spotify refuses the client secret.');
    this.#ask(app).catch((error: unknown) => log.error(describeError(error)));
  }

  async #ask({ clientId, clientSecret, isKept, isFromEnvironment }: App): Promise<void> {
    const { secrets, enterAnother, log } = this.#options;
    if (isFromEnvironment) {
      await showMessage('warning', appNotices.refusedOfEnvironment(), {}, log);
      return;
    }
    const message = isKept ? appNotices.stillRefused(clientId) : appNotices.refused(clientId);
    const chosen = await showMessage('warning', message, { enterAnother }, log);
    const current = await secrets.of(clientId);
    // Meanwhile it may have been replaced, or kept, also in another window.
    if (current?.clientSecret !== clientSecret || current.isKept) return;
    if (chosen === 'keep') await secrets.keep(clientId, clientSecret, true);
    else await secrets.forget(clientId);
  }
}
