/**
 * Makes timers of 0.2 to 8 seconds twenty times as fast, so that the pauses between repeated requests
 * pass quickly. Time limits are longer.
 */
export class ShortPauses implements Disposable {
  readonly #setTimeout = globalThis.setTimeout;

  constructor() {
    const setTimeout = (run: () => void, ms = 0, ...rest: []) =>
      this.#setTimeout(run, ms >= 200 && ms <= 8000 ? ms / 20 : ms, ...rest);
    globalThis.setTimeout = setTimeout as typeof globalThis.setTimeout;
  }

  [Symbol.dispose](): void {
    globalThis.setTimeout = this.#setTimeout;
  }
}
