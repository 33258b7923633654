import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type Spotify, startSpotify } from '../spotify/index.ts';
import { Machine } from './machine.ts';
import { buildWindowProcess } from './windowClient.ts';

/** About src/sessions/sessionRefresher.ts and src/node/fileRefreshLock.ts. */
describe('windows as processes of their own, with refresh tokens that rotate', function () {
  this.timeout(60_000);
  let spotify: Spotify;
  let machine: Machine;

  before(async () => {
    buildWindowProcess();
    spotify = await startSpotify();
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
  });
  after(() => spotify.close());
  beforeEach(() => {
    spotify.behaviour.rotateRefreshTokens = true;
    spotify.requests.clear();
    spotify.faults.clear();
  });
  afterEach(() => machine.close());

  it('send one request for an expired token, from four windows with fifty calls each', async () => {
    machine = await Machine.start(spotify, 4);
    const answers = await Promise.all(machine.windows.map((window) => machine.ask(window, 50)));
    const token = (await machine.stored())?.token.accessToken;
    assert.deepEqual(answers, Array(4).fill(Array(50).fill(token)));
    assert.equal(machine.refreshes(), 1);
  });

  it('wait some seconds after one was killed during its refresh, and then get a token', async () => {
    machine = await Machine.start(spotify, 2);
    const [dying, living] = machine.windows;
    assert.ok(dying && living);
    spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
    void machine.ask(dying, 1);
    while (machine.refreshes() === 0) await pause(5);
    await dying.kill();
    const begin = performance.now();
    const answers = await machine.ask(living, 1);
    console.log(`      after ${Math.round(performance.now() - begin)} ms`);
    assert.deepEqual(answers, [(await machine.stored())?.token.accessToken]);
  });

  it('recover the session that was suspended while the lock holder slept past its lease', async function () {
    if (process.platform === 'win32') {
      console.log('      skipped: Windows cannot stop a process');
      return this.skip();
    }
    machine = await Machine.start(spotify, 2);
    const [sleeping, awake] = machine.windows;
    assert.ok(sleeping && awake);
    spotify.faults.next(1, { on: 'token', answerDelayMs: 200 });
    const late = machine.ask(sleeping, 1);
    while (machine.refreshes() === 0) await pause(5);
    sleeping.process.kill('SIGSTOP');
    assert.deepEqual(await machine.ask(awake, 1), ['no session']);
    // Longer than one request of the sleeping window may take. Its answer has arrived, and is unread.
    await pause(2000);
    sleeping.process.kill('SIGCONT');
    const [token = ''] = await late;
    assert.ok(spotify.tokens.accessTokens.has(token), token);
    // For the other window the session is suspended until it reads the new record.
    let answers: string[];
    do answers = await machine.ask(awake, 1);
    while (answers[0] === 'no session');
    assert.deepEqual(answers, [token]);
  });
});
