import * as vscode from 'vscode';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';

/**
 * Sets the context key that shows the commands for signed-in users in the palette, when the sessions
 * were loaded and whenever they change.
 */
export class SignedInContext implements vscode.Disposable {
  readonly #store: SessionStore;
  readonly #log: Log;
  readonly #subscription: { dispose(): void };
  #lastValue: boolean | undefined;

  constructor(store: SessionStore, log: Log) {
    this.#store = store;
    this.#log = log;
    const update = () => this.update();
    this.#subscription = store.watch({ loaded: update, changed: update });
  }

  /** Loads the sessions if needed, and sets the key. */
  update(): void {
    this.#update().catch((error: unknown) =>
      this.#log.warn(`It is unknown whether an account is signed in. ${describeError(error)}`),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #update(): Promise<void> {
    const isSignedIn = (await this.#store.list()).length > 0;
    if (isSignedIn === this.#lastValue) return;
    this.#lastValue = isSignedIn;
    await vscode.commands.executeCommand(
      'setContext',
      'spotify-authentication.signedIn',
      isSignedIn,
    );
  }
}
