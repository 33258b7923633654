import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type Spotify, startSpotify } from '../spotify/index.ts';
import { Machine } from './machine.ts';
import { buildWindowProcess, type WindowClient } from './windowClient.ts';

const MACHINES = 10;
const WINDOWS = 3;
const CYCLES = 500;

/** Counters over all machines. */
const count = { cycles: 0, requests: 0, kills: 0, holdersKilled: 0, lostApart: 0, lost: 0 };

/** About src/sessions/sessionRefresher.ts and src/node/fileRefreshLock.ts. */
describe('windows that are killed during five hundred refreshes, with refresh tokens that rotate', () => {
  let spotify: Spotify;
  let machines: Machine[];

  before(async () => {
    buildWindowProcess();
    spotify = await startSpotify();
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.rotateRefreshTokens = true;
    machines = await Promise.all(
      Array.from({ length: MACHINES }, () => Machine.start(spotify, WINDOWS)),
    );
  });
  after(async () => {
    for (const machine of machines) await machine.close();
    await spotify.close();
  });

  it('lose no session, unless a window dies after Spotify’s answer and before it stores it', async () => {
    const live = async (machine: Machine) => {
      while (count.cycles++ < CYCLES) await cycle(machine);
    };
    await Promise.all(machines.map(live));
    count.cycles = CYCLES;
    console.log(`      ${JSON.stringify(count)}`);
    assert.equal(count.lost, 0);
    assert.ok(count.holdersKilled > 10, 'too few kills happened during a refresh');
  }).timeout(600_000);
});

/** Expires the token of one machine: every window requests a token, and one may be killed meanwhile. */
async function cycle(machine: Machine): Promise<void> {
  await machine.expire();
  const before = machine.refreshes();
  const victim = Math.random() < 0.5 ? Math.floor(Math.random() * WINDOWS) : -1;
  const dying = machine.windows[victim];
  const answers = machine.windows
    .filter((window) => window !== dying)
    .map((window) => machine.ask(window, 2));
  if (dying) await kill(machine, dying);
  const tokens = new Set((await Promise.all(answers)).flat());
  const requests = machine.refreshes() - before;
  count.requests += requests;
  if (dying) await machine.openWindow(victim);
  else assert.equal(requests, 1, 'a cycle without a kill');
  const stored = await machine.stored();
  const { accessToken = '', refreshToken } = stored?.token ?? {};
  const isKept = refreshToken === machine.refreshToken();
  if (isKept && tokens.size === 1 && tokens.has(accessToken)) return;
  if (!isKept && machine.lastGranted() === dying?.pid) count.lostApart++;
  else {
    count.lost++;
    console.log(`      lost: ${[...tokens].join(', ')}`);
  }
  await machine.signIn();
}

/** Kills a window that requests a token, at a random moment around its request. */
async function kill(machine: Machine, window: WindowClient): Promise<void> {
  void machine.ask(window, 2);
  await pause(Math.random() * 350);
  await window.kill();
  count.kills++;
  if ((await machine.holders()).includes(window.pid)) count.holdersKilled++;
}
