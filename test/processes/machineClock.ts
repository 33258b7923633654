import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** A change of the computer's clock. */
export interface ClockChange {
  /** From when on it holds, in real milliseconds since the epoch. */
  readonly at: number;
  /** How far the clock is then ahead of the real time, in milliseconds. Negative if it is behind. */
  readonly aheadMs: number;
}

/** The real time in milliseconds since the epoch, which no {@link MachineClock} changes. */
export const realNow: () => number = Date.now;

/**
 * The clock of a computer whose windows are processes. Each process has a copy. A file that was written before
 * a change has the time of the clock before that change, as on a real computer.
 */
export class MachineClock {
  #changes: readonly ClockChange[] = [];

  set(changes: readonly ClockChange[]): void {
    this.#changes = changes;
  }

  /** Makes this process read the clock: `Date.now()` and the times of files. */
  install(): void {
    const { lstat, utimes } = fs;
    Date.now = () => this.#shown(realNow());
    fs.lstat = (async (file: string) => {
      const info = await lstat(file);
      info.mtimeMs = this.#shown(info.mtimeMs);
      return info;
    }) as typeof fs.lstat;
    // The lock is the only caller. It gives its files the present time.
    fs.utimes = (file) => utimes(file, realNow() / 1000, realNow() / 1000);
    syncBuiltinESMExports();
  }

  /** Returns what the clock showed at a real time. */
  #shown(realMs: number): number {
    return realMs + (this.#changes.findLast(({ at }) => at <= realMs)?.aheadMs ?? 0);
  }
}
