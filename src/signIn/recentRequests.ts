import type { AuthenticationProviderSessionOptions } from 'vscode';
import { configuredClientId } from '../common/configuration.ts';

/** How long a request is remembered, in milliseconds. */
const LIFETIME_MS = 2 * 60 * 1000;

/** A call of `getSessions`. */
interface RecentRequest {
  readonly key: string;
  /** The client ID that was configured; undefined if there was none. The first sign-in sets one up. */
  readonly clientId: string | undefined;
  /** Whether the call returned a session. */
  readonly isAnswered: boolean;
  /** When the call ended, or a sign-in after it, in milliseconds since the epoch. */
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
  #requests: RecentRequest[] = [];

  /** Remembers a call of `getSessions`, for two minutes. `isAnswered`: whether it returned a session. */
  add(
    scopes: readonly string[],
    options: AuthenticationProviderSessionOptions,
    isAnswered: boolean,
  ): void {
    this.#forgetOld();
    const [key, clientId, at] = [keyOf(scopes, options), configuredClientId(), Date.now()];
    this.#requests.push({ key, clientId, isAnswered, at });
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
    const key = keyOf(scopes, options);
    const ids = [undefined, configuredClientId()];
    const ofKey = this.#requests.filter((one) => one.key === key && ids.includes(one.clientId));
    const isFromDialog = 'activateImmediate' in options && options.activateImmediate === true;
    const taken = ofKey.find(({ isAnswered }) => isAnswered !== isFromDialog) ?? ofKey[0];
    this.#requests = this.#requests.filter((request) => request !== taken);
    return taken?.isAnswered;
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
      for (const request of this.#requests) request.at = Date.now();
    }
  }

  #forgetOld(): void {
    this.#requests = this.#requests.filter(({ at }) => Date.now() - at <= LIFETIME_MS);
  }
}

const keyOf = (
  scopes: readonly string[],
  { account }: AuthenticationProviderSessionOptions,
): string => JSON.stringify([scopes, account?.id]);

/**
 * After which consent a stored session answers `createSession`, in seconds since the epoch; undefined for
 * none. If it is not known what `getSessions` returned, consents during the sign-in answer.
 */
export function consentsThatAnswer(wasAnswered: boolean | undefined): number | undefined {
  if (wasAnswered) return undefined;
  return wasAnswered === false ? 0 : Date.now() / 1000;
}
