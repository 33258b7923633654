import { setTimeout as pause } from 'node:timers/promises';
import type { WindowClient } from '../../test/processes/windowClient.ts';
import { randomFault } from './faults.ts';
import { countUp } from './figures.ts';
import type { Entry } from './ledger.ts';
import type { Scene } from './scene.ts';

/** No more calls than this go on at the same time. */
const MOST_CALLS = 30;
/** Seconds by which the clock jumps, ahead of its day or back. */
const CLOCK_JUMPS = [-3700, -30, 0, 0, 30, 3700];
/** Lifetimes of access tokens in seconds. A window refreshes a token five minutes before its end. */
const LIFETIMES = [10, 65, 304, 306, 310];
/** The windows that are never ended, so that their memory can be followed. */
const STEADY = 2;

interface Event {
  /** How often it happens in comparison with the others. */
  readonly weight: number;
  readonly event: (scene: Scene, window: WindowClient) => unknown;
}

const EVENTS: ReadonlyMap<string, Event> = new Map<string, Event>([
  ['calls', { weight: 100, event: ask }],
  ['renewals', { weight: 3, event: renew }],
  ['faults', { weight: 6, event: fault }],
  ['kills', { weight: 3, event: kill }],
  ['closed windows', { weight: 1, event: close }],
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
  if (!window || scene.calls.size >= MOST_CALLS) return;
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

/** Asks one or more windows for the same session, with several calls each. */
function ask(scene: Scene): void {
  const { random, computer } = scene;
  const entry = anySession(scene);
  const some = computer.open.filter(() => random.next() < 0.4);
  const calls = random.pick([1, 1, 2, 4]) ?? 1;
  for (const window of some) call(scene, entry, window.ask(entry.id, calls));
}

function renew(scene: Scene, window: WindowClient): void {
  const entry = anySession(scene);
  call(scene, entry, window.renew(entry.id));
}

/** Checks in the background that the tokens are those of the session. */
function call(scene: Scene, entry: Entry, request: Promise<string[]>): void {
  const { ledger, figures } = scene;
  const check = async () => {
    for (const answer of await request) {
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

/** Kills a window around the time at which it receives a new token. */
async function kill(scene: Scene, window: WindowClient) {
  if (!mayEnd(scene, window)) return;
  renew(scene, window);
  await pause(scene.random.between(0, 300));
  await scene.computer.end(window, 'kill');
}

async function close(scene: Scene, window: WindowClient) {
  if (mayEnd(scene, window)) await scene.computer.end(window, 'close');
}

function mayEnd({ computer }: Scene, window: WindowClient): boolean {
  return computer.windows.indexOf(window) >= STEADY && !computer.sleeping.has(window);
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
  const { ledger } = scene;
  const entry = anySession(scene);
  if (!entry.isUnsure && ledger.entries.size > 2) follow(scene, ledger.signOut(window, entry));
}

function anySession({ random, ledger }: Scene): Entry {
  const entry = random.pick([...ledger.entries.values()]);
  if (!entry) throw new Error('There is no session.');
  return entry;
}

function follow({ calls }: Scene, call: Promise<unknown>): void {
  calls.add(call);
  void call.finally(() => calls.delete(call));
}
