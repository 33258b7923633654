import { setTimeout as pause } from 'node:timers/promises';
import type { WindowClient } from '../../test/processes/windowClient.ts';
import { countUp } from './figures.ts';
import type { Entry } from './ledger.ts';
import { storedSecrets } from './leftovers.ts';
import type { Scene } from './scene.ts';

/** How often a session may be asked for a token before it counts as lost. */
const ATTEMPTS = 4;
/** How long a change may take to reach all windows, in milliseconds. */
const ARRIVAL_MS = 5000;
/** Days of 25 hours, below the six months after which Spotify ends every session. */
const MOST_DAYS = 120;

/**
 * Ends all trouble, and moves the clock ahead by more than a day, so that every pause and suspension is over.
 * Then every session must bring a token, and those that were signed out must be gone. A session that cannot
 * bring one is signed in again.
 */
export async function audit(scene: Scene): Promise<void> {
  const { spotify, computer, ledger, figures, memory } = scene;
  await calm(scene);
  await ledger.resolve();
  await lookForReturned(scene);
  const ready = new Map<Entry, WindowClient | undefined>();
  for (const entry of ledger.entries.values()) {
    const { fate, pid } = await ledger.fate(entry);
    if (fate !== 'stored') countUp(figures.fates, fate);
    if (fate === 'lost') figures.lost.push(`${entry.id}: its newest refresh token is not stored`);
    const receiver = computer.open.find((window) => window.pid === pid);
    if (fate === 'stored' || fate === 'unsaved') ready.set(entry, receiver);
    else await ledger.signIn(anyWindow(scene), entry);
  }
  await computer.nextDay(MOST_DAYS);
  await Promise.all([...ready].map(([entry, window]) => mustBringToken(scene, entry, window)));
  figures.requests += spotify.requests.count('token');
  spotify.requests.clear();
  await memory.sample(computer.open, ledger.entries.size);
}

/** Ends all faults, opens all windows, and waits until they do nothing. */
async function calm({ spotify, computer, calls }: Scene): Promise<void> {
  spotify.faults.clear();
  for (const window of computer.sleeping) computer.wake(window);
  await computer.lockKeyring(false);
  await Promise.all(calls);
  await computer.openAll();
  await Promise.all(computer.open.map((window) => window.settle()));
}

/** Looks for sessions that were signed out and are there all the same, in the secrets or in a window. */
async function lookForReturned({ computer, ledger, figures }: Scene): Promise<void> {
  const end = performance.now() + ARRIVAL_MS;
  for (;;) {
    const stored = await storedSecrets(computer.secretsFolder);
    const known = await Promise.all(computer.open.map((window) => window.list()));
    const ids = [...known.flat(), ...stored.map((key) => key.replace(/^session:/, ''))];
    const returned = ids.filter((id) => ledger.signedOut.has(id));
    if (returned.length === 0) return;
    if (performance.now() > end) {
      for (const id of returned) figures.returned.add(id);
      return;
    }
    await pause(100);
  }
}

async function mustBringToken(scene: Scene, entry: Entry, first?: WindowClient): Promise<void> {
  const { ledger, figures } = scene;
  const reasons: string[] = [];
  for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
    const window = attempts === 0 && first ? first : anyWindow(scene);
    const [answer = 'no answer'] = await window.ask(entry.id, 1);
    if (ledger.owns(entry, answer)) return;
    reasons.push(answer);
    countUp(figures.events, 'repeated calls after a day');
    await pause(500);
  }
  figures.lost.push(`${entry.id}: ${reasons.join(', ')}`);
  await ledger.signIn(anyWindow(scene), entry);
}

function anyWindow({ computer, random }: Scene): WindowClient {
  const window = random.pick(computer.open);
  if (!window) throw new Error('There is no window.');
  return window;
}
