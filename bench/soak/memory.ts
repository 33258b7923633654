import type { WindowClient } from '../../test/processes/windowClient.ts';

/** How much a window may grow while the number of sessions stays, in MB. */
const MOST_GROWTH = 0.5;
/** How many samples are printed at most. */
const COLUMNS = 10;

interface Sample {
  readonly seconds: number;
  readonly sessions: number;
  /** The used heap of each window in MB. */
  readonly heaps: readonly number[];
}

/** The used heap of each window over time. The window at one place may be a new process each time. */
export class Memory {
  readonly #begun = performance.now();
  readonly #samples: Sample[] = [];

  async sample(windows: readonly WindowClient[], sessions: number): Promise<void> {
    const bytes = await Promise.all(windows.map((window) => window.heap()));
    const seconds = (performance.now() - this.#begun) / 1000;
    this.#samples.push({ seconds, sessions, heaps: bytes.map((used = NaN) => used / 2 ** 20) });
  }

  /**
   * By how many MB the window has grown too much from the third quarter of the run to the fourth, when no
   * sessions are added; undefined if the run was too short.
   */
  excess(window: number): number | undefined {
    const samples = this.#samples;
    if (samples.length < 8) return undefined;
    const part = (from: number, to: number) =>
      samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to));
    const heap = (from: number, to: number) =>
      median(part(from, to).map(({ heaps }) => heaps[window] ?? NaN));
    return heap(0.75, 1) - heap(0.55, 0.75) - MOST_GROWTH;
  }

  /** Returns the lines of a table: the time, the sessions, and the heap of each window. */
  table(names: readonly string[]): string[] {
    const step = Math.max(1, (this.#samples.length - 1) / (COLUMNS - 1));
    const shown = this.#samples.filter((_, i) => Math.floor(i / step) > Math.floor((i - 1) / step));
    const row = (name: string, values: readonly (number | string)[]) =>
      name.padEnd(28) + values.map((value) => String(value).padStart(7)).join('');
    return [
      row(
        'seconds',
        shown.map(({ seconds }) => seconds.toFixed(0)),
      ),
      row(
        'sessions',
        shown.map(({ sessions }) => sessions),
      ),
      ...names.map((name, i) =>
        row(
          name,
          shown.map(({ heaps }) => heaps[i]?.toFixed(2) ?? ''),
        ),
      ),
    ];
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
