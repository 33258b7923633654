import * as vscode from 'vscode';
import { isSignInOffered } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { OFFERED_SCOPES } from './scopeLists.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';

/** An account that no session has. A request for this account never causes a refresh. */
const NO_ACCOUNT = { id: '', label: '' };

/**
 * Whether the user has only used access tokens of their app so far: the app's client secret is known, and no
 * account was ever signed in.
 */
export async function usesOnlyAppTokens(
  history: { readonly accounts: readonly unknown[] },
  appSessions: { current(): Promise<unknown> },
): Promise<boolean> {
  return history.accounts.length === 0 && (await appSessions.current()) !== undefined;
}

/**
 * Shows "Sign in with Spotify…" in the Accounts menu while no account is signed in. An extension
 * cannot add an entry to that menu. But VS Code adds an entry for a request that finds no session,
 * so this class makes such a request.
 */
export class SignInOffer implements vscode.Disposable {
  readonly #store: SessionStore;
  readonly #usesOnlyApp: () => Promise<boolean>;
  readonly #log: Log;
  readonly #subscription: { dispose(): void };
  /** Whether the offer is still to be made, because the sessions could not be read. */
  #isDue = false;

  /** @param usesOnlyApp Whether the user has only used access tokens of their app so far. */
  constructor(store: SessionStore, usesOnlyApp: () => Promise<boolean>, log: Log) {
    this.#store = store;
    this.#usesOnlyApp = usesOnlyApp;
    this.#log = log;
    this.#subscription = store.watch({
      changed: ({ removed }) => {
        if (removed.length > 0) void this.make();
      },
      loaded: () => {
        if (this.#isDue) void this.make();
        this.#isDue = false;
      },
    });
  }

  /**
   * Adds “Sign in with Spotify…” to the Accounts menu, unless an account is signed in, the user needs
   * none, or the setting is off. Never rejects.
   */
  async make(): Promise<void> {
    if (!isSignInOffered()) return;
    try {
      if ((await this.#store.list()).length > 0 || (await this.#usesOnlyApp())) return;
      await vscode.authentication.getSession('spotify', OFFERED_SCOPES, { account: NO_ACCOUNT });
    } catch (error) {
      this.#isDue = true;
      this.#log.debug(`The offer to sign in has failed. ${describeError(error)}`);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
