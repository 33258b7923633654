/** The stand-in's time: the real clock, moved ahead at will, so that no test has to wait. */
export class Clock {
  #aheadMs = 0;

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** Moves time on: codes, access tokens and the six months of an authorization run out by it. */
  advance(seconds: number): void {
    this.#aheadMs += seconds * 1000;
  }

  /** Goes back to the real time. */
  reset(): void {
    this.#aheadMs = 0;
  }
}
