import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { get } from '../../unit/auth/node/loopbackClient.ts';
import { CommandLines } from './commandLines.ts';
import type { Terminal } from './machine.ts';

const PASTE = /paste that whole address here and press Enter:/;
const ESCAPE = '\u001b[';

/** About src/cli/guide.ts, src/cli/prompt.ts and src/cli/output.ts. */
describe('spotify-auth in a terminal', function () {
  this.timeout(60_000);
  let lines: CommandLines;

  before(async function () {
    if (spawnSync('python3', ['-c', 'import pty']).status !== 0) {
      console.log('      skipped: no python3 that can open a pseudo-terminal');
      this.skip();
    }
    lines = await CommandLines.create();
  });
  after(() => lines.close());
  beforeEach(() => lines.reset());
  afterEach(() => lines.removeMachines());

  /** The address that a browser on another machine ends on. */
  const answer = async (terminal: Terminal) => (await get(await terminal.address())).location ?? '';

  it('leads to a client ID, and asks again for one that is unusual or unknown', () =>
    lines.each(async (machine) => {
      const terminal = machine.terminal(['login']);
      await terminal.seen(/dashboard\/create[^]*http:\/\/127\.0\.0\.1\/callback[^]*Client ID: /);
      terminal.type('my-app\r');
      await terminal.seen(/does not look like a client ID[^]*Client ID: /);
      terminal.type(`${'0'.repeat(32)}\r`);
      await terminal.seen(/does not know this client ID[^]*Client ID: /);
      terminal.type(`${machine.app.clientId}\r`);
      assert.equal((await terminal.ended).code, 0, terminal.shown);
      assert.match(terminal.shown, /Signed in/);
    }));

  it('uses an unusual client ID if the user presses Enter', () =>
    lines.each(async (machine) => {
      const terminal = machine.terminal(['login', '--no-browser']);
      await terminal.seen(/Client ID: /);
      terminal.type('my-app\r');
      await terminal.seen(/press Enter[^]*Client ID: /);
      terminal.type('\r');
      assert.match(await terminal.address(), /client_id=my-app&/);
      await terminal.seen(/Ctrl-C cancels/);
      terminal.type('\u0003');
      assert.equal((await terminal.ended).code, 130);
    }));

  for (const [where, args, env] of [
    ['over SSH', [], { SSH_TTY: '/dev/pts/0', BROWSER: 'true' }],
    ['with --no-browser', ['--no-browser'], {}],
    ['where no browser opens', [], { BROWSER: 'none', DISPLAY: ':none' }],
  ] as const) {
    it(`takes a pasted answer ${where}`, () =>
      lines.each(async (machine) => {
        const command = ['login', '--client-id', machine.app.clientId, ...args];
        const terminal = machine.terminal(command, env);
        await terminal.seen(PASTE);
        terminal.type(`${await answer(terminal)}\r`);
        assert.equal((await terminal.ended).code, 0, terminal.shown);
        assert.ok((await machine.record())['refresh_token']);
      }));
  }

  it('takes a pasted answer after it has asked for the client ID, too', () =>
    lines.each(async (machine) => {
      const terminal = machine.terminal(['login'], { BROWSER: 'none', DISPLAY: ':none' });
      await terminal.seen(/Client ID: /);
      terminal.type(`${machine.app.clientId}\r`);
      await terminal.seen(PASTE);
      terminal.type(`${await answer(terminal)}\r`);
      assert.equal((await terminal.ended).code, 0, terminal.shown);
    }));

  it('ends cleanly on Ctrl-C, at the question and while the browser is waited for', () =>
    lines.each(async (machine) => {
      const asking = machine.terminal(['login']);
      await asking.seen(/Client ID: /);
      asking.type('\u0003');
      assert.equal((await asking.ended).code, 130);

      const args = ['login', '--client-id', machine.app.clientId, '--no-browser'];
      const waiting = machine.terminal(args);
      await waiting.seen(PASTE);
      waiting.type('\u0003');
      assert.equal((await waiting.ended).code, 130);
      const redirectUri = new URL(await waiting.address()).searchParams.get('redirect_uri') ?? '';
      await assert.rejects(fetch(redirectUri), TypeError);
      assert.doesNotMatch(asking.shown + waiting.shown, /error:/);
      assert.deepEqual(await readdir(machine.home), ['bin']);
    }));

  it('stores a refresh token that comes after its window was closed', () =>
    lines.each(async (machine) => {
      lines.spotify.behaviour.rotateRefreshTokens = true;
      await machine.signIn();
      await machine.expire();
      lines.spotify.faults.next(1, { on: 'token', answerDelayMs: 500 });
      const terminal = machine.terminal(['token']);
      const isSent = () =>
        lines.spotify.requests
          .to('token')
          .some(({ form }) => form.get('client_id') === machine.app.clientId);
      while (!isSent()) await setTimeout(5);
      terminal.close();
      // The program has no parent to wait for now. It deletes its lock at its end.
      const names = () => readdir(path.dirname(machine.file));
      while ((await names()).some((name) => name.endsWith('.lock'))) await setTimeout(5);
      assert.notEqual((await machine.record())['expires_at'], 0.5);
    }));

  it('does not show the client secret, and keeps it only if asked', () =>
    lines.each(async (machine) => {
      const args = ['app-token', '--client-id', machine.app.clientId];
      const secretFile = machine.file.replace('.token.', '.secret.');
      const type = async (...more: string[]) => {
        const terminal = machine.terminal([...args, ...more]);
        await terminal.seen(/Client secret of .* \(not shown\): /);
        terminal.type(`${machine.app.clientSecret}\r`);
        assert.equal((await terminal.ended).code, 0, terminal.shown);
      };
      await type();
      await assert.rejects(stat(secretFile), { code: 'ENOENT' });
      await type('--keep-secret');
      assert.equal((await stat(secretFile)).mode & 0o777, 0o600);
      await machine.expire(machine.file.replace('.token.', '.app.'));
      assert.equal((await machine.run(...args)).code, 0);
      const { err } = await machine.run('logout', '--client-id', machine.app.clientId);
      assert.match(
        err,
        /^Deleted: the token of the app in .*\nDeleted: the client secret in .*\n$/,
      );
      await assert.rejects(stat(secretFile), { code: 'ENOENT' });
      assert.equal((await machine.run(...args)).code, 2);
    }));

  it('has colours, unless NO_COLOR is set', () =>
    lines.each(async (machine) => {
      const coloured = machine.terminal(['token']);
      const plain = machine.terminal(['token'], { NO_COLOR: '1' });
      assert.equal((await coloured.ended).code, 4);
      await plain.ended;
      assert.ok(coloured.shown.startsWith(ESCAPE));
      assert.ok(plain.shown.startsWith('error:'));
      assert.ok((await machine.run('token')).err.startsWith('error:'));
    }));
});
