/** Has `aheadSeconds` pass in this process, the stand-in included: the clock and all waits go on. */
export class MovedClock implements Disposable {
  aheadSeconds = 0;
  readonly #now = Date.now;
  readonly #performanceNow = performance.now.bind(performance);

  constructor() {
    const [now, performanceNow] = [this.#now, this.#performanceNow];
    Date.now = () => now() + this.aheadSeconds * 1000;
    performance.now = () => performanceNow() + this.aheadSeconds * 1000;
  }

  [Symbol.dispose](): void {
    Date.now = this.#now;
    performance.now = this.#performanceNow;
  }
}
