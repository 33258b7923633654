import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { CommandLines } from './commandLines.ts';

/** About src/cli/logout.ts. */
describe('the sign-in of spotify-auth', function () {
  this.timeout(60_000);
  let lines: CommandLines;

  before(async () => (lines = await CommandLines.create()));
  after(() => lines.close());
  beforeEach(() => lines.reset());
  afterEach(() => lines.removeMachines());

  it('is forgotten by logout, which says where access is withdrawn', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const { code, err } = await machine.run('logout');
      assert.equal(code, 0);
      assert.match(err, /^Signed out: .*\n.*https:\/\/www\.spotify\.com\/account\/apps\n$/);
      await assert.rejects(machine.record(), { code: 'ENOENT' });
      const token = await machine.run('token');
      assert.equal(token.code, 4);
      assert.match(token.err, /No user is signed in.*\nRun: spotify-auth login\n$/);
      assert.match((await machine.run('logout')).err, /^No user was signed in/);
    }));

  it('is forgotten by logout also during a refresh', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      await machine.expire();
      lines.spotify.faults.next(1, { on: 'token', answerDelayMs: 1000 });
      const isOurs = ({ form }: { form: URLSearchParams }) =>
        form.get('client_id') === machine.app.clientId;
      const refresh = machine.start(['token']);
      while (!lines.spotify.requests.to('token').some(isOurs)) await setTimeout(5);
      assert.equal((await machine.run('logout')).code, 0);
      await refresh.ended;
      await assert.rejects(machine.record(), { code: 'ENOENT' });
    }));
});
