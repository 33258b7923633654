import process from 'node:process';
import { parseArgs } from 'node:util';

/** How long `npm run soak` runs, and with how much. */
export interface SoakOptions {
  /** Of all runs together, without their ends, which take some seconds each. */
  readonly minutes: number;
  /** A run for each: whether refresh tokens rotate. */
  readonly rotation: readonly boolean[];
  readonly windows: number;
  /** How many sessions there are at the end of a run. */
  readonly sessions: number;
  /** Decides which events happen in which order, but not how fast processes are. */
  readonly seed: number;
}

const USAGE =
  'npm run soak -- [--minutes 10] [--rotation on|off|both] [--windows 5] [--sessions 40] [--seed <number>]';

/** @throws Error with the usage if an option is unknown or has a wrong value. */
export function readOptions(): SoakOptions {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      rotation: { type: 'string', default: 'both' },
      windows: { type: 'string', default: '5' },
      sessions: { type: 'string', default: '40' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    },
  });
  const rotation = { on: [true], off: [false], both: [true, false] }[values.rotation];
  if (!rotation) throw new Error(`--rotation is on, off or both.\n${USAGE}`);
  return {
    minutes: atLeast(0.2, values.minutes, 'minutes'),
    rotation,
    // Two of the windows are never killed.
    windows: atLeast(3, values.windows, 'windows'),
    sessions: atLeast(2, values.sessions, 'sessions'),
    seed: atLeast(0, values.seed, 'seed'),
  };
}

function atLeast(least: number, text: string, name: string): number {
  const value = Number(text);
  if (text !== '' && value >= least && value < 1e9) return value;
  process.exitCode = 1;
  throw new Error(`--${name} is a number from ${least} on.\n${USAGE}`);
}
