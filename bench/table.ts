import type { Measurement, Results, Step, Trace } from './measurement.ts';

/** Prints the measurements as one table, and the steps of a sign-in and of a refresh. */
export function printTable({ measurements, traces }: Results): void {
  console.log(line(['', 'this extension', 'does nothing', 'ratio', "GitHub's", 'ratio']));
  for (const measurement of measurements) console.log(line(cells(measurement)));
  for (const trace of traces) printTrace(trace);
}

function printTrace({ name, steps }: Trace): void {
  console.log(`\n${name} of median length, in ms`);
  for (const step of steps) console.log(stepLine(step));
}

function cells({ name, unit, figures }: Measurement): string[] {
  const { ours, nothing, github } = figures;
  const shown = (figure: number | undefined) =>
    figure === undefined ? '' : `${figure.toFixed(figure < 10 ? 2 : 1)} ${unit}`;
  const ratio = (other: number | undefined) =>
    ours === undefined || !other ? '' : (ours / other).toFixed(2);
  return [name, shown(ours), shown(nothing), ratio(nothing), shown(github), ratio(github)];
}

const WIDTHS = [68, 15, 13, 8, 11, 7];

const line = (texts: readonly string[]): string =>
  texts
    .map((text, index) =>
      index === 0 ? text.padEnd(WIDTHS[0] ?? 0) : text.padStart(WIDTHS[index] ?? 0),
    )
    .join('')
    .trimEnd();

const stepLine = ({ name, begin, end }: Step): string =>
  `${begin.toFixed(1).padStart(8)} – ${end.toFixed(1).padStart(6)}  ${name}`;
