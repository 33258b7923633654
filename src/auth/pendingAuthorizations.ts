import type { AuthorizationResponse } from './responseUrl.ts';

/** What is remembered about an authorization URL until its code is exchanged. */
export interface PendingAuthorization {
  /** RFC 7636 section 4.5. */
  readonly codeVerifier: string;
  /** RFC 6749 section 4.1.3. */
  readonly redirectUri: string;
  /** The requested scopes, separated by spaces. */
  readonly scope: string;
}

/** The pending authorization URLs of one client. */
export class PendingAuthorizations {
  /** URLs without a parsed response, by their state. */
  readonly #byState = new Map<string | undefined, PendingAuthorization>();
  /** URLs with a parsed response, by its code. */
  readonly #byCode = new Map<string, PendingAuthorization>();

  add(state: string, pending: PendingAuthorization): void {
    this.#byState.set(state, pending);
  }

  /** Whether a URL without a parsed response has this state. */
  accepts(state: string | undefined): boolean {
    return this.#byState.has(state);
  }

  /** Adds a parsed response to the URL that has its state, if there is one. */
  setResponse({ code, state }: AuthorizationResponse): void {
    const pending = this.#takeByState(state);
    if (pending) this.#byCode.set(code, pending);
  }

  /**
   * Removes and returns the URL that a code belongs to; undefined if that is unknown. If the response
   * was not parsed, it is the URL with `state`. Without `state`, it is the only URL, or the only one with
   * `codeVerifier`.
   */
  take(
    code: string,
    { state, codeVerifier }: { state?: string | undefined; codeVerifier?: string | undefined },
  ): PendingAuthorization | undefined {
    const answered = this.#byCode.get(code);
    this.#byCode.delete(code);
    return answered ?? this.#takeByState(state ?? this.#onlyState(codeVerifier));
  }

  /** Adds a URL again that was taken for this code. The code has not been used. */
  putBack(code: string, pending: PendingAuthorization): void {
    this.#byCode.set(code, pending);
  }

  /** Removes the URL with this state, if its response is not parsed yet. */
  forget(state: string): void {
    this.#byState.delete(state);
  }

  clear(): void {
    this.#byState.clear();
    this.#byCode.clear();
  }

  #takeByState(state: string | undefined): PendingAuthorization | undefined {
    const pending = this.#byState.get(state);
    this.#byState.delete(state);
    return pending;
  }

  /** Returns the state of the only URL, or if `codeVerifier` is given, of the only URL with it. */
  #onlyState(codeVerifier: string | undefined): string | undefined {
    const states = [...this.#byState]
      .filter(([, pending]) => codeVerifier === undefined || pending.codeVerifier === codeVerifier)
      .map(([state]) => state);
    return states.length === 1 ? states[0] : undefined;
  }
}
