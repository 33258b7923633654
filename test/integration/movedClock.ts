/** Moves the clock of this process, the stand-in included, ahead by `aheadSeconds`. */
export class MovedClock implements Disposable {
  aheadSeconds = 0;
  readonly #now = Date.now;

  constructor() {
    const now = this.#now;
    Date.now = () => now() + this.aheadSeconds * 1000;
  }

  [Symbol.dispose](): void {
    Date.now = this.#now;
  }
}
