/** What is measured: this extension, one that does nothing, or GitHub’s provider. */
export type Subject = 'ours' | 'nothing' | 'github';

/** A row of the table. */
export interface Measurement {
  readonly name: string;
  readonly unit: 'ms' | 'µs';
  readonly figures: Partial<Record<Subject, number>>;
}

/** What all measurements of one run have found. */
export interface Results {
  readonly measurements: readonly Measurement[];
  /** What happened in the sign-in and in the refresh of median length. */
  readonly traces: readonly Trace[];
}

/** The steps of one sign-in or refresh. */
export interface Trace {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A step, with its times in milliseconds after the beginning. */
export interface Step {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

/** The value below which a fraction of the samples lies: 0.5 is the median. */
function quantile(samples: readonly number[], fraction: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** How long `task` takes, in milliseconds. */
export async function timeOf(task: () => unknown): Promise<number> {
  const begin = performance.now();
  await task();
  return performance.now() - begin;
}

/** Makes a row for each quantile, from the samples of each subject. */
export function rowsOf(
  name: string,
  unit: Measurement['unit'],
  samples: ReadonlyMap<Subject, readonly number[]>,
  quantiles: Readonly<Record<string, number>> = { median: 0.5 },
): Measurement[] {
  return Object.entries(quantiles).map(([label, fraction]) => ({
    name: `${name}, ${label}`,
    unit,
    figures: Object.fromEntries(
      [...samples].map(([subject, values]) => [subject, quantile(values, fraction)]),
    ),
  }));
}

/** Counts the times of steps from `begin` on, and puts those first that end first. */
export function since(begin: number, steps: readonly Step[]): Step[] {
  return steps
    .map((step) => ({ ...step, begin: step.begin - begin, end: step.end - begin }))
    .sort((a, b) => a.end - b.end);
}
