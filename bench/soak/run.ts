import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { audit } from './audit.ts';
import { randomEvent, signIn } from './events.ts';
import { storedSecrets } from './leftovers.ts';
import { report } from './report.ts';
import { closeScene, type Scene, startScene } from './scene.ts';

/** The pauses between two events, in milliseconds. */
const PAUSE_MS = [5, 60] as const;
const FIRST_SESSIONS = 4;
/** How long a change takes to reach all windows at most, in milliseconds. */
const ARRIVAL_MS = 1500;

/** Options of a {@link run}. */
export interface RunOptions {
  readonly rotates: boolean;
  readonly seconds: number;
  readonly windows: number;
  readonly sessions: number;
  readonly seed: number;
  /** Ends the run early when it aborts. */
  readonly signal: AbortSignal;
}

/** Runs with refresh tokens that rotate, or with such that do not. Returns whether all figures are right. */
export async function run(options: RunOptions): Promise<boolean> {
  const scene = await startScene(options);
  try {
    await live(scene, options);
    await leave(scene);
    return report({ ...scene, rotates: options.rotates });
  } finally {
    await closeScene(scene);
  }
}

/** Has random things happen, and interrupts them from time to time for an audit. */
async function live(scene: Scene, { seconds, sessions, signal }: RunOptions): Promise<void> {
  const { ledger, random } = scene;
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  const interval = Math.min(60, Math.max(10, seconds / 16));
  let nextAudit = interval;
  while (elapsed() < seconds && !signal.aborted) {
    // In the second half no sessions are added, so the memory of a window must not grow.
    const growth = Math.min(1, (2 * elapsed()) / seconds);
    const due = FIRST_SESSIONS + (sessions - FIRST_SESSIONS) * growth;
    if (ledger.entries.size < due) signIn(scene);
    await randomEvent(scene);
    await pause(random.between(...PAUSE_MS));
    if (elapsed() < nextAudit) continue;
    await audit(scene);
    nextAudit = elapsed() + interval;
  }
  await audit(scene);
}

/** Signs out of all sessions, of the last one a day later, and looks at what is left on the computer. */
async function leave({ computer, ledger, figures }: Scene): Promise<void> {
  const [last, ...others] = ledger.entries.values();
  const [window] = computer.open;
  if (!last || !window) throw new Error('There is no session or no window.');
  for (const entry of others) await ledger.signOut(window, entry);
  await pause(ARRIVAL_MS);
  await computer.nextDay();
  await ledger.signOut(window, last);
  await pause(ARRIVAL_MS);
  await Promise.all(computer.open.map((one) => computer.end(one, 'close')));
  const secrets = await storedSecrets(computer.secretsFolder);
  // The dummy secret by which a later start finds out whether secrets were lost.
  figures.secretsLeft = secrets.filter((key) => key !== 'marker');
  const files = await readdir(computer.sessionsFolder);
  // A sign-out of the last day is remembered.
  figures.filesLeft = files.filter((name) => name !== `${last.id}.removed`);
}
