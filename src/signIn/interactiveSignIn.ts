import * as vscode from 'vscode';
import { normalizeScopes } from '../auth/scopes.ts';
import type { Log } from '../log.ts';
import { newSession } from '../sessions/newSession.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { resolveClientId } from './clientId.ts';
import { withProgress } from './progress.ts';
import { showFailure } from './showFailure.ts';
import { type SignInEnvironment, signIn } from './signIn.ts';
import { withTimeLimit } from './timeLimit.ts';

/** A sign-in as a person meets it: asked for what is missing, kept informed, told of a failure. */
export class InteractiveSignIn {
  readonly #environment: SignInEnvironment;
  readonly #store: SessionStore;
  readonly #log: Log & { show(): void };

  constructor(environment: SignInEnvironment, store: SessionStore, log: Log & { show(): void }) {
    this.#environment = environment;
    this.#store = store;
    this.#log = log;
  }

  /**
   * Resolves with the stored session. Rejects as soon as the sign-in has failed, and does not wait
   * for an answer to the message about it; with a `vscode.CancellationError` after a cancel.
   */
  async run(scopes: readonly string[]): Promise<StoredSession> {
    try {
      return await withTimeLimit((limit) => this.#signIn(normalizeScopes(scopes), limit));
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) this.#report(error, scopes);
      throw error;
    }
  }

  async #signIn(scopes: readonly string[], limit: AbortSignal): Promise<StoredSession> {
    const clientId = await resolveClientId(limit);
    const signedIn = await withProgress(limit, (signal) =>
      signIn({ clientId, scopes, signal }, this.#environment),
    );
    const session = newSession(signedIn, await this.#store.list());
    await this.#store.put(session);
    this.#log.info(`Signed in for ${scopes.length} scope(s).`);
    return session;
  }

  #report(error: unknown, scopes: readonly string[]): void {
    this.#log.error(`Sign-in failed: ${String(error)}`);
    void showFailure(error, {
      tryAgain: () => this.run(scopes).catch(() => undefined),
      showLog: () => this.#log.show(),
    });
  }
}
