import type { ValidatedResponse } from './responseUrl.ts';

/** What the exchange of a code has to repeat of its authorization URL. */
export interface PendingAuthorization {
  /** RFC 7636 section 4.5. */
  readonly codeVerifier: string;
  /** RFC 6749 section 4.1.3. */
  readonly redirectUri: string;
  /** Undefined until the response is parsed. */
  readonly response?: ValidatedResponse;
}

/** The authorization URLs whose codes are not exchanged yet. */
export class PendingAuthorizations {
  /** Those without a response. */
  readonly #byState = new Map<string, PendingAuthorization>();
  /** Those whose response is parsed. */
  readonly #byCode = new Map<string, PendingAuthorization>();

  add(state: string, pending: PendingAuthorization): void {
    this.#byState.set(state, pending);
  }

  /** Whether `state` belongs to a URL without a response. True for any state if there is no URL. */
  accepts(state: string | undefined): boolean {
    return this.#byState.size === 0 || (state !== undefined && this.#byState.has(state));
  }

  /** Keeps a response with the URL that has its state, if there is one. */
  setResponse(response: ValidatedResponse): void {
    const pending = this.#takeByState(response.state);
    if (pending) this.#byCode.set(response.code, { ...pending, response });
  }

  /**
   * Removes and returns what is known of a code. If its response was not parsed, the URL is the one
   * with `state`, or else the only one, or the only one with `codeVerifier`.
   */
  take(
    code: string,
    { state, codeVerifier }: { state?: string | undefined; codeVerifier?: string | undefined },
  ): PendingAuthorization | undefined {
    const answered = this.#byCode.get(code);
    this.#byCode.delete(code);
    return answered ?? this.#takeByState(state ?? this.#onlyState(codeVerifier));
  }

  /** Removes the URL with this state, if it has no response yet. */
  forget(state: string): void {
    this.#byState.delete(state);
  }

  clear(): void {
    this.#byState.clear();
    this.#byCode.clear();
  }

  #takeByState(state: string | undefined): PendingAuthorization | undefined {
    if (state === undefined) return undefined;
    const pending = this.#byState.get(state);
    this.#byState.delete(state);
    return pending;
  }

  /** Returns the state of the only URL, or of the only one with this code verifier. */
  #onlyState(codeVerifier: string | undefined): string | undefined {
    const states = [...this.#byState]
      .filter(([, pending]) => codeVerifier === undefined || pending.codeVerifier === codeVerifier)
      .map(([state]) => state);
    return states.length === 1 ? states[0] : undefined;
  }
}
