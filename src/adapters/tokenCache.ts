/** How long a token is cached: half the minute for which a token of a session is usually valid. */
const HALF_A_MINUTE_MS = 30_000;

/** The last tokens, by whether VS Code may ask: a call for which it may not does not wait for a dialog. */
export class TokenCache<Ask> {
  readonly #request: (ask: Ask) => Promise<string>;
  readonly #last = new Map<boolean, { readonly token: Promise<string>; readonly at: number }>();

  constructor(request: (ask: Ask) => Promise<string>) {
    this.#request = request;
  }

  get(ask: Ask): Promise<string> {
    const mayAsk = Boolean(ask);
    const last = this.#last.get(mayAsk);
    const age = Date.now() - (last?.at ?? NaN);
    // The age is negative if the clock was set back.
    if (last && age >= 0 && age < HALF_A_MINUTE_MS) return last.token;
    const asked = { token: this.#request(ask), at: Date.now() };
    this.#last.set(mayAsk, asked);
    asked.token.catch(() => this.#last.get(mayAsk) === asked && this.#last.delete(mayAsk));
    return asked.token;
  }

  clear(): void {
    this.#last.clear();
  }
}
