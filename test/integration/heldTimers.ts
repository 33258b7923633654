/** Holds back the timers that no test can wait for: those of five minutes and more, unless told. */
export class HeldTimers implements Disposable {
  readonly #setTimeout = globalThis.setTimeout;
  readonly #clearTimeout = globalThis.clearTimeout;
  readonly #held = new Map<unknown, { readonly ms: number; readonly run: () => void }>();

  constructor(shortestMs = 5 * 60 * 1000) {
    const setTimeout = (run: () => void, ms = 0, ...rest: []) => {
      if (ms < shortestMs) return this.#setTimeout(run, ms, ...rest);
      // Never due, so that whoever has it finds a timer.
      const timer = this.#setTimeout(() => undefined, 2 ** 31 - 1).unref();
      this.#held.set(timer, { ms, run });
      return timer;
    };
    globalThis.setTimeout = setTimeout as typeof globalThis.setTimeout;
    globalThis.clearTimeout = (timer) => {
      this.#held.delete(timer);
      this.#clearTimeout(timer);
    };
  }

  /** Whether a timer of just that length waits. */
  has(ms: number): boolean {
    return [...this.#held.values()].some((held) => held.ms === ms);
  }

  /** Lets so much time pass for the timers of just that length. */
  pass(ms: number): void {
    if (!this.has(ms)) throw new Error(`There is no timer of ${ms} ms.`);
    for (const [timer, held] of this.#held) {
      if (held.ms !== ms) continue;
      this.#held.delete(timer);
      held.run();
    }
  }

  [Symbol.dispose](): void {
    globalThis.setTimeout = this.#setTimeout;
    globalThis.clearTimeout = this.#clearTimeout;
  }
}
