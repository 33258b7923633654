import type { Computer } from './computer.ts';
import type { Figures } from './figures.ts';
import { countKinds } from './leftovers.ts';
import type { Memory } from './memory.ts';

interface Reported {
  readonly figures: Figures;
  readonly computer: Computer;
  readonly memory: Memory;
  readonly rotates: boolean;
}

/** Prints the figures of a run. Returns whether all of them are right. */
export function report(reported: Reported): boolean {
  const { figures, computer, memory, rotates } = reported;
  print('requests to Spotify', figures.requests);
  print('calls for a token', `${figures.calls}, of which ${figures.tokens} brought one`);
  print('events', list(figures.events));
  print('calls without a token', list(figures.reasons));
  const judged = judgedFigures(reported);
  for (const [name, value] of judged) print(name, value > 0 ? `${value}   WRONG` : value);
  const left = [...figures.returned, ...figures.secretsLeft, countKinds(figures.filesLeft)];
  for (const line of [...figures.lost, ...computer.unhandled, ...left]) if (line) print('', line);
  if (rotates) printUnavoidable(figures.fates);
  console.log('\n  used heap in MB, after a garbage collection (windows 1 and 2 are never ended)');
  const names = computer.windows.map((_, i) => `window ${i + 1}`);
  for (const line of memory.table(names)) console.log(`  ${line}`);
  if (memory.excess(0) === undefined) console.log('  Not judged: the run was too short.');
  return judged.every(([, value]) => value === 0);
}

/** The figures that are wrong unless they are 0. */
function judgedFigures({ figures, computer, memory, rotates }: Reported): [string, number][] {
  const growth = [0, 1].map((i) => Math.max(0, round(memory.excess(i) ?? 0)));
  return [
    ['sessions lost', figures.lost.length],
    ['tokens of another session', figures.foreignTokens],
    ['signed-out sessions that came back', figures.returned.size],
    ['unhandled rejections', computer.unhandled.length],
    ['windows that ended by themselves', computer.crashes],
    ['files left behind', figures.filesLeft.length],
    ['secrets left behind', figures.secretsLeft.length],
    ...growth.map((mb, i): [string, number] => [`MB of window ${i + 1} above limit`, mb]),
    ...(rotates ? [] : [['tokens not stored', figures.fates.size] as [string, number]]),
  ];
}

/** Prints what no program can prevent while refresh tokens rotate. */
function printUnavoidable(fates: Figures['fates']): void {
  print('lost between answer and store', fates.get('lost with its window') ?? 0);
  print('', 'Spotify had replaced the refresh token, and the window that received the new one');
  print('', 'was ended before it could store it. Nothing on the computer has that token.');
  print('lost between Spotify and window', fates.get('lost on the way') ?? 0);
  print('', 'Spotify had replaced the refresh token, and its answer was cut off or came too late.');
  print('stored late', fates.get('unsaved') ?? 0);
  print(
    '',
    'The keyring was locked when a window received a new refresh token. The window has stored',
  );
  print('', 'it since. Had it been ended before, the session would be lost.');
}

const round = (mb: number): number => Math.round(mb * 100) / 100;

function print(name: string, value: number | string): void {
  console.log(`  ${name.padEnd(36)}${value}`);
}

function list(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}
