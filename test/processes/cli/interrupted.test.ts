import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { CommandLines } from './commandLines.ts';
import type { Machine, Started } from './machine.ts';

/** About src/cli/main.ts and src/cli/userToken.ts. */
describe('spotify-auth token that Ctrl-C interrupts during a refresh', function () {
  this.timeout(60_000);
  let lines: CommandLines;

  before(async () => (lines = await CommandLines.create()));
  after(() => lines.close());
  beforeEach(() => {
    lines.reset();
    lines.spotify.behaviour.rotateRefreshTokens = true;
  });
  afterEach(() => lines.removeMachines());

  /** Starts a refresh, and returns once Spotify has replaced the refresh token. */
  async function refreshing(machine: Machine): Promise<Started> {
    await machine.signIn();
    await machine.expire();
    lines.spotify.faults.next(1, { on: 'token', answerDelayMs: 3000 });
    const started = machine.start(['token']);
    while (!(await isReplaced(machine))) await setTimeout(5);
    return started;
  }

  const isReplaced = async (machine: Machine) => {
    const { refresh_token: refreshToken } = await machine.record();
    return lines.spotify.tokens.refreshTokens.get(String(refreshToken))?.replaced === true;
  };

  it('says why it goes on, and stores the new token also after a second Ctrl-C at once', () =>
    lines.each(async (machine) => {
      const { child, ended, ...token } = await refreshing(machine);
      const explained = token.told('Storing the new token…');
      child.kill('SIGINT');
      await explained;
      child.kill('SIGINT');
      const { code, out } = await ended;
      assert.deepEqual([code, out], [130, '']);
      assert.equal(await isReplaced(machine), false);
    }));

  it('ends at once after a third Ctrl-C', () =>
    lines.each(async (machine) => {
      const { child, ended, ...token } = await refreshing(machine);
      const explained = token.told('Storing the new token…');
      child.kill('SIGINT');
      await explained;
      // Of two signals that wait at the same time, the system may deliver one only.
      while (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGINT');
        await setTimeout(20);
      }
      assert.equal((await ended).code, 130);
      assert.equal(await isReplaced(machine), true);
    }));
});
