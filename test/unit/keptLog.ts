import type { Log } from '../../src/common/log.ts';

/** A log that a test can read. */
export class KeptLog implements Log {
  /** As `level: text`. */
  readonly lines: string[] = [];
  readonly debug = this.#writer('debug');
  readonly info = this.#writer('info');
  readonly warn = this.#writer('warn');
  readonly error = this.#writer('error');

  #writer(level: string): (text: string | Error) => void {
    return (text) => this.lines.push(`${level}: ${String(text)}`);
  }
}
