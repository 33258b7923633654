import * as vscode from 'vscode';
import { isSignInOffered } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { OFFERED_SCOPES } from './scopeLists.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';

/** No session is anybody's of that name, so the question below never leads to a refresh. */
const NOBODY = { id: '', label: '' };

/**
 * Has "Sign in with Spotify…" stand in the Accounts menu while nobody is signed in. VS Code has no
 * contribution point for that menu: it adds the entry for a request that finds no session.
 */
export class SignInOffer implements vscode.Disposable {
  readonly #store: SessionStore;
  readonly #log: Log;
  readonly #watching: { dispose(): void };
  /** The sessions could not be read, so that it is not known whether anybody is signed in. */
  #isDue = false;

  constructor(store: SessionStore, log: Log) {
    this.#store = store;
    this.#log = log;
    this.#watching = store.watch({
      changed: ({ removed }) => {
        if (removed.length > 0) void this.make();
      },
      loaded: () => {
        if (this.#isDue) void this.make();
        this.#isDue = false;
      },
    });
  }

  /** Makes the offer unless somebody is signed in, or the settings say no. Never rejects. */
  async make(): Promise<void> {
    if (!isSignInOffered()) return;
    try {
      if ((await this.#store.list()).length > 0) return;
      await vscode.authentication.getSession('spotify', OFFERED_SCOPES, { account: NOBODY });
    } catch (error) {
      this.#isDue = true;
      this.#log.debug(`Signing in cannot be offered. ${describeError(error)}`);
    }
  }

  dispose(): void {
    this.#watching.dispose();
  }
}
