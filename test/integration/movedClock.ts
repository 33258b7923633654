/** The time of everybody in this process, the stand-in included, moved ahead at will. */
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
