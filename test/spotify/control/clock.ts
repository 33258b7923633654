/** The clock of the stand-in. Tests move it ahead, so that they need not wait. */
export class Clock {
  #aheadMs = 0;

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Moves the clock ahead. Codes, access tokens and authorizations expire by this clock. */
  advance(seconds: number): void {
    this.#aheadMs += seconds * 1000;
  }

  /** Returns to the real time. */
  reset(): void {
    this.#aheadMs = 0;
  }
}
