import type { AuthenticationProviderSessionOptions } from 'vscode';
import { configuredClientId } from '../common/configuration.ts';

/** How long a request is remembered, in milliseconds. */
const LIFETIME_MS = 2 * 60 * 1000;

/** Calls of `getSessions` with the same scopes, account and client ID, and with the same result. */
interface Calls {
  count: number;
  /** When the last one ended, or a sign-in after it, in milliseconds of `performance.now`. */
  at: number;
}

/**
 * Remembers what `getSessions` returned to VS Code lately. VS Code calls it before each `createSession`, and
 * asks the user between the two calls. If several extensions ask at once, the user answers one dialog after
 * the other, and the first sign-in may bring the session that the other extensions need. VS Code does not
 * say which two calls belong together. They have the same scopes, account and client ID, and each call of
 * `createSession` takes one.
 */
export class RecentRequests {
  /** The calls, those first that ended first. */
  readonly #calls = new Map<string, Calls>();

  /**
   * Remembers a call of `getSessions` until two minutes after the last equal one. `isAnswered`: whether it
   * returned a session.
   */
  add(
    scopes: readonly string[],
    options: AuthenticationProviderSessionOptions,
    isAnswered: boolean,
  ): void {
    this.#forgetOld();
    // The first sign-in sets up a client ID if there is none.
    const key = keyOf(scopes, options, configuredClientId(), isAnswered);
    const count = (this.#calls.get(key)?.count ?? 0) + 1;
    this.#calls.delete(key);
    this.#calls.set(key, { count, at: performance.now() });
  }

  /**
   * Removes the call of `getSessions` that came before a call of `createSession`. Returns whether it returned
   * a session; undefined if no such call is remembered.
   *
   * A silent request is remembered, too, though no `createSession` follows it. So calls of both kinds may be
   * left. Then the options decide: VS Code 1.105 to 1.139 passes `activateImmediate` after its dialog for an
   * extension, but not after “Sign in to another account”. The option is not documented. Without it, the
   * user gets to choose the account.
   */
  take(
    scopes: readonly string[],
    options: AuthenticationProviderSessionOptions,
  ): boolean | undefined {
    this.#forgetOld();
    const isFromDialog = 'activateImmediate' in options && options.activateImmediate === true;
    for (const isAnswered of [!isFromDialog, isFromDialog]) {
      for (const clientId of [undefined, configuredClientId()]) {
        const key = keyOf(scopes, options, clientId, isAnswered);
        const calls = this.#calls.get(key);
        if (!calls) continue;
        if (--calls.count === 0) this.#calls.delete(key);
        return isAnswered;
      }
    }
    return undefined;
  }

  /**
   * Waits for a sign-in, and does not count its time: VS Code makes no other call until it ends. Settles as
   * `signIn` does.
   */
  async during<T>(signIn: Promise<T>): Promise<T> {
    this.#forgetOld();
    try {
      return await signIn;
    } finally {
      for (const calls of this.#calls.values()) calls.at = performance.now();
    }
  }

  #forgetOld(): void {
    for (const [key, { at }] of this.#calls) {
      if (performance.now() - at <= LIFETIME_MS) return;
      this.#calls.delete(key);
    }
  }
}

const keyOf = (
  scopes: readonly string[],
  { account }: AuthenticationProviderSessionOptions,
  clientId: string | undefined,
  isAnswered: boolean,
): string => JSON.stringify([scopes, account?.id, clientId, isAnswered]);

/**
 * After which consent a stored session answers `createSession`, in seconds since the epoch; undefined for
 * none. If it is not known what `getSessions` returned, consents during the sign-in answer.
 */
export function consentsThatAnswer(wasAnswered: boolean | undefined): number | undefined {
  if (wasAnswered) return undefined;
  return wasAnswered === false ? 0 : Date.now() / 1000;
}
