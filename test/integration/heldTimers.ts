/** Holds back the timers of `shortestMs` and more, until a test lets their time pass. */
export class HeldTimers implements Disposable {
  readonly #setTimeout = globalThis.setTimeout;
  readonly #clearTimeout = globalThis.clearTimeout;
  readonly #held = new Map<unknown, { readonly ms: number; readonly run: () => void }>();

  constructor(shortestMs = 5 * 60 * 1000) {
    const setTimeout = (run: () => void, ms = 0, ...rest: []) => {
      if (ms < shortestMs) return this.#setTimeout(run, ms, ...rest);
      // The caller gets a timer, which never fires.
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

  /** Whether a timer of exactly `ms` is held back. */
  has(ms: number): boolean {
    return [...this.#held.values()].some((held) => held.ms === ms);
  }

  /** Runs the timers of exactly `ms`. Throws if there is none. */
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
