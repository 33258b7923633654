import { activationTimes } from './activation.ts';
import { cachedSessions } from './cachedSessions.ts';
import { redactionTimes } from './redaction.ts';

/** VS Code calls this in the extension host. The activation is measured first: it happens once. */
export async function run(): Promise<void> {
  print('Activation, in milliseconds', await activationTimes());
  print('A cached session, in microseconds per call', await cachedSessions());
  print('Searches in hostile texts, in milliseconds per MB', redactionTimes());
}

/** The samples of each measurement. */
export type Samples = ReadonlyMap<string, readonly number[]>;

function print(title: string, samples: Samples): void {
  console.log(`\n${title}`);
  console.log(row('', ['median', 'fastest', 'slowest']));
  for (const [name, values] of samples) {
    const sorted = [...values].sort((a, b) => a - b);
    const of = (index: number) => (sorted[index] ?? 0).toFixed(1);
    const cells = [of(Math.floor(sorted.length / 2)), of(0), of(sorted.length - 1)];
    console.log(row(name, cells));
  }
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(52) + cells.map((cell) => cell.padStart(10)).join('');
}
