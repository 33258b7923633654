/** Holds back the timers of five minutes and more, which no test can wait for. */
export class HeldTimers implements Disposable {
  readonly #setTimeout = globalThis.setTimeout;
  readonly #held = new Map<number, () => void>();

  constructor() {
    const setTimeout = (run: () => void, ms = 0, ...rest: []) => {
      if (ms < 5 * 60 * 1000) return this.#setTimeout(run, ms, ...rest);
      this.#held.set(ms, run);
      // Never due, so that whoever clears it may.
      return this.#setTimeout(() => undefined, 2 ** 31 - 1).unref();
    };
    globalThis.setTimeout = setTimeout as typeof globalThis.setTimeout;
  }

  /** Lets so much time pass for the timer of just that length. */
  pass(ms: number): void {
    const run = this.#held.get(ms);
    if (!run) throw new Error(`There is no timer of ${ms} ms.`);
    this.#held.delete(ms);
    run();
  }

  [Symbol.dispose](): void {
    globalThis.setTimeout = this.#setTimeout;
  }
}
