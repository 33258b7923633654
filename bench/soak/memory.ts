import type { WindowClient } from '../../test/processes/windowClient.ts';

/** How much a window may grow from the first half of a run to its end, in MB. */
const MOST_GROWTH = 0.5;
/** How much a window may grow for each session that was added meanwhile, in MB. */
const PER_SESSION = 0.01;
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

  /** By how many MB the window has grown more than its new sessions explain; undefined if the run was too short. */
  excess(window: number): number | undefined {
    const samples = this.#samples;
    if (samples.length < 8) return undefined;
    const part = (from: number, to: number) =>
      samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to));
    const [early, late] = [part(0.25, 0.5), part(0.75, 1)];
    const heap = (some: readonly Sample[]) => median(some.map(({ heaps }) => heaps[window] ?? NaN));
    const sessions = (some: readonly Sample[]) => median(some.map((sample) => sample.sessions));
    const added = Math.max(0, sessions(late) - sessions(early));
    return heap(late) - heap(early) - MOST_GROWTH - added * PER_SESSION;
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
