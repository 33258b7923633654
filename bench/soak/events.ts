import type { WindowClient } from '../../test/processes/windowClient.ts';
import { randomFault } from './faults.ts';
import { countUp } from './figures.ts';
import type { Scene } from './scene.ts';

/** No more calls than this go on at the same time. */
const MOST_CALLS = 30;
/** Seconds by which the clock jumps, ahead of its day or back. */
const CLOCK_JUMPS = [-3700, -30, 0, 0, 30, 3700];
/** Lifetimes of access tokens in seconds. A window refreshes a token five minutes before its end. */
const LIFETIMES = [10, 65, 304, 306, 310];
/** The windows that are never ended, so that their memory can be followed. */
const STEADY = 2;

type Event = (scene: Scene, window: WindowClient) => unknown;

const EVENTS: ReadonlyMap<string, { readonly weight: number; readonly event: Event }> = new Map([
  ['calls', { weight: 100, event: ask }],
  ['renewals', { weight: 3, event: renew }],
  ['faults', { weight: 6, event: fault }],
  ['kills', { weight: 3, event: (scene, window) => end(scene, window, 'kill') }],
  ['closed windows', { weight: 1, event: (scene, window) => end(scene, window, 'close') }],
  ['opened windows', { weight: 8, event: ({ computer }) => computer.openAll() }],
  ['stopped windows', { weight: 1, event: stop }],
  ['locked keyrings', { weight: 0.5, event: lockKeyring }],
  ['clock jumps', { weight: 1, event: jump }],
  ['changed lifetimes', { weight: 1, event: changeLifetime }],
  ['sign-outs', { weight: 0.5, event: signOut }],
]);
const WEIGHTS = new Map([...EVENTS].map(([name, { weight }]) => [name, weight]));

/** Does one random thing to a random window. */
export async function randomEvent(scene: Scene): Promise<void> {
  const { random, computer, figures } = scene;
  const name = random.weighted(WEIGHTS) ?? '';
  const window = random.pick(computer.open);
  if (!window) return;
  countUp(figures.events, name);
  await EVENTS.get(name)?.event(scene, window);
}

/** Signs a new account in, in the background. */
export function signIn(scene: Scene): void {
  const window = scene.random.pick(scene.computer.open);
  if (!window) return;
  countUp(scene.figures.events, 'sign-ins');
  follow(scene, scene.ledger.signIn(window));
}

function ask(scene: Scene, window: WindowClient): void {
  const { random } = scene;
  const calls = Math.ceil(random.between(0, 4));
  call(scene, (id) => window.ask(id, calls));
}

function renew(scene: Scene, window: WindowClient): void {
  call(scene, (id) => window.renew(id));
}

/** Asks for a token of a random session, and checks in the background that it is of that session. */
function call(scene: Scene, request: (id: string) => Promise<string[]>): void {
  const { random, ledger, figures, calls } = scene;
  const entry = random.pick([...ledger.entries.values()]);
  if (!entry || calls.size >= MOST_CALLS) return;
  const check = async () => {
    for (const answer of await request(entry.id)) {
      figures.calls++;
      if (ledger.owns(entry, answer)) figures.tokens++;
      else if (answer.startsWith('BQ')) figures.foreignTokens++;
      else countUp(figures.reasons, answer);
    }
  };
  follow(scene, check());
}

function fault({ spotify, random }: Scene): void {
  spotify.faults.next(1, randomFault(random));
}

async function end({ computer }: Scene, window: WindowClient, how: 'kill' | 'close') {
  if (computer.windows.indexOf(window) < STEADY || computer.sleeping.has(window)) return;
  await computer.end(window, how);
}

function stop({ computer, random }: Scene, window: WindowClient): void {
  if (process.platform !== 'win32') computer.sleep(window, random.between(500, 5000));
}

function lockKeyring(scene: Scene): void {
  const { computer, random } = scene;
  if (computer.sleeping.size > 0) return;
  const ms = random.between(200, 2000);
  const locked = computer
    .lockKeyring(true)
    .then(() => new Promise((resolve) => setTimeout(resolve, ms)))
    .then(() => computer.lockKeyring(false));
  follow(scene, locked);
}

async function jump({ computer, random }: Scene) {
  // A stopped window could not be told.
  if (computer.sleeping.size > 0) return;
  await computer.jump(random.pick(CLOCK_JUMPS) ?? 0);
}

function changeLifetime({ spotify, random }: Scene): void {
  spotify.behaviour.expiresIn = random.pick(LIFETIMES) ?? 310;
}

function signOut(scene: Scene, window: WindowClient): void {
  const { ledger, random } = scene;
  const entry = random.pick([...ledger.entries.values()]);
  if (entry && !entry.isUnsure && ledger.entries.size > 2) {
    follow(scene, ledger.signOut(window, entry));
  }
}

function follow({ calls }: Scene, call: Promise<unknown>): void {
  calls.add(call);
  void call.finally(() => calls.delete(call));
}
