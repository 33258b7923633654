import assert from 'node:assert/strict';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readyFaults } from '../../spotify/index.ts';
import { CommandLines } from './commandLines.ts';
import type { Machine } from './machine.ts';

/** About src/cli/userToken.ts, src/auth/node/fileLock.ts, src/cli/settings.ts, src/cli/status.ts and src/cli/appToken.ts. */
describe('spotify-auth token', function () {
  this.timeout(60_000);
  let lines: CommandLines;

  before(async () => (lines = await CommandLines.create()));
  after(() => lines.close());
  beforeEach(() => lines.reset());
  afterEach(() => lines.removeMachines());

  const isValid = ({ out }: { out: string }) =>
    out.endsWith('\n') && lines.spotify.tokens.accessTokens.has(out.trim());
  const refreshes = ({ app }: Machine) =>
    lines.spotify.requests
      .to('token', 'refresh_token')
      .filter(({ form }) => form.get('client_id') === app.clientId);
  /** Whether the file has the refresh token that Spotify would accept. */
  const isKept = async (machine: Machine, file?: string) => {
    const { refresh_token: refreshToken } = await machine.record(file);
    return lines.spotify.tokens.refreshTokens.get(String(refreshToken))?.replaced === false;
  };

  it('prints the stored token while it is valid for a minute, else a new one', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const first = await machine.run('token');
      assert.ok(isValid(first));
      assert.equal(refreshes(machine).length, 0);
      const record = await machine.record();
      const soon = { ...record, expires_at: Date.now() / 1000 + 50 };
      await writeFile(machine.file, JSON.stringify(soon));
      const second = await machine.run('token');
      assert.ok(isValid(second));
      assert.notEqual(second.out, first.out);
      assert.equal(second.err, '');
      const third = await machine.run('token', '--renew');
      assert.ok(isValid(third));
      assert.notEqual(third.out, second.out);
      assert.equal((await machine.run('token')).out, third.out);
      assert.equal((await machine.record())['consented_at'], record['consented_at']);
    }));

  it('says which scopes are missing, and which command mends it', () =>
    lines.each(async (machine) => {
      await machine.signIn(['user-top-read'], path.join(machine.home, 'my file.json'));
      const args = ['token', '--cache', 'my file.json', '--scope'];
      assert.equal((await machine.run(...args, 'user-top-read')).code, 0);
      const { code, out, err } = await machine.run(...args, 'user-top-read, streaming');
      assert.deepEqual([code, out], [4, '']);
      assert.match(
        err,
        /^error: .*: streaming\.\nRun: spotify-auth login --scope streaming --cache 'my file\.json'\n$/,
      );
    }));

  it('asks for a sign-in when the consent has ended, and leaves the file', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      await machine.expire();
      const before = await readFile(machine.file, 'utf8');
      const alva = lines.spotify.users.get('alva');
      assert.ok(alva);
      lines.spotify.tokens.revoke(alva, machine.app);
      const { code, err } = await machine.run('token', '--debug');
      assert.equal(code, 4);
      assert.match(err, /^error: The sign-in has ended\.\nRun: spotify-auth login\ncaused by .*\n/);
      assert.match(err, /caused by AuthenticationError \(authentication\): .*invalid_grant/);
      assert.equal(await readFile(machine.file, 'utf8'), before);
    }));

  it('says that it may be tried later when Spotify is busy', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      await machine.expire();
      lines.spotify.faults.next(1, { on: 'token', ...readyFaults.tooManyRequests(3600) });
      const { code, err } = await machine.run('token');
      assert.equal(code, 5);
      assert.match(err, /asks to wait 3600 s\.\nTry again later\.\n$/);
    }));

  for (const rotates of [false, true]) {
    it(`loses no refresh token that ${rotates ? 'rotates' : 'stays'} when several run at once`, () =>
      lines.each(async (machine) => {
        lines.spotify.behaviour.rotateRefreshTokens = rotates;
        await machine.signIn();
        await machine.expire();
        const runs = await Promise.all([1, 2, 3, 4].map(() => machine.run('token')));
        for (const run of runs) assert.ok(isValid(run), run.err);
        assert.equal(refreshes(machine).length, 1);
        assert.ok(await isKept(machine));
        const left = await readdir(path.dirname(machine.file));
        assert.deepEqual(left.sort(), [path.basename(machine.file), 'last-sign-in.json']);
      }));
  }

  it('stores a rotated refresh token that comes after an interruption', () =>
    lines.each(async (machine) => {
      lines.spotify.behaviour.rotateRefreshTokens = true;
      await machine.signIn();
      await machine.expire();
      lines.spotify.faults.next(1, { on: 'token', answerDelayMs: 500 });
      const { child, ended } = machine.start(['token']);
      while (refreshes(machine).length === 0) await setTimeout(5);
      child.kill('SIGINT');
      // A closing terminal sends this, and its shell once more.
      child.kill('SIGHUP');
      const { code, out } = await ended;
      assert.deepEqual([code, out], [130, '']);
      assert.ok(await isKept(machine));
      assert.ok(isValid(await machine.run('token')));
    }));

  it('prints the new token also if the file cannot be written', () =>
    lines.each(async (machine) => {
      // The names of a lock and of a temporary file beside it are too long for the file system.
      const file = path.join(machine.home, `${'x'.repeat(240)}.json`);
      await machine.signIn([], file);
      const { access_token: stored } = await machine.record(file);
      const args = ['--cache', file];
      const renewed = await machine.run('token', '--renew', ...args);
      assert.ok(isValid(renewed), renewed.err);
      assert.notEqual(renewed.out, `${String(stored)}\n`);
      assert.match(renewed.err, /^warning: .* keeps its old token/);
      lines.spotify.tokens.accessTokens.delete(String(stored));
      const { code, err } = await machine.run('api', 'me', ...args);
      assert.equal(code, 0, err);
    }));

  it('reads and writes the file of Python, and takes the client ID of the environment', () =>
    lines.each(async (machine) => {
      const alva = lines.spotify.users.get('alva');
      assert.ok(alva);
      const tokens = lines.spotify.tokens.issue(alva, machine.app, ['streaming']);
      const python = {
        access_token: tokens.accessToken,
        expires_at: 1.5,
        refresh_token: tokens.refreshToken,
        scope: 'streaming',
      };
      const file = path.join(machine.home, 'python.json');
      await writeFile(file, JSON.stringify(python), { mode: 0o600 });
      const args = ['--cache', 'python.json'];
      assert.equal((await machine.run('token', ...args)).code, 4);
      const env = { SPOTIFY_SDK_CLIENT_ID: ` ${machine.app.clientId}\n` };
      const first = await machine.start(['token', ...args], env).ended;
      assert.ok(isValid(first), first.err);
      assert.ok(await isKept(machine, file));
      // The file names the client ID now.
      assert.ok(isValid(await machine.run('token', '--renew', ...args)));
      const { out } = await machine.run('status', '--json', ...args);
      assert.equal((JSON.parse(out) as { consent_ends_at: unknown }).consent_ends_at, null);
    }));

  it('refuses a file that others may write to', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      await chmod(machine.file, 0o666);
      const { code, err } = await machine.run('token');
      assert.equal(code, 1);
      assert.match(err, /Other users may write to .*\. Run: chmod 600/);
    }));

  it('ignores the sign-ins of Spotify where a test server is in force, and refuses other servers', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const real = { SPOTIFY_SDK_ACCOUNTS_URL: '', SPOTIFY_SDK_API_URL: '' };
      assert.equal((await machine.start(['token'], real).ended).code, 4);
      for (const url of ['http://198.51.100.1:80', 'http://localhost:8765']) {
        const env = { SPOTIFY_SDK_ACCOUNTS_URL: url };
        const { code, err } = await machine.start(['token'], env).ended;
        assert.equal(code, 1);
        assert.match(err, /SPOTIFY_SDK_ACCOUNTS_URL must be .* loopback/);
      }
      const apiOnly = { SPOTIFY_SDK_ACCOUNTS_URL: '' };
      assert.equal((await machine.start(['token'], apiOnly).ended).code, 1);
    }));

  it('has a status for people and for programs', () =>
    lines.each(async (machine) => {
      await machine.signIn(['user-top-read']);
      const { out } = await machine.run('status');
      assert.match(
        out,
        /^Account: +Alva \(alva\)\nClient ID: +[\da-f]{32}\nScopes: +user-top-read\n/,
      );
      assert.match(
        out,
        /Access token: ends .*\(in \d\d minutes\)\nConsent: +ends .*\(in 18[01] days\)/,
      );
      assert.ok(out.includes(machine.file));
      const record = { ...(await machine.record()), scope: '\u001b[2Juser-top-read' };
      await writeFile(machine.file, JSON.stringify(record));
      assert.match((await machine.run('status')).out, /\nScopes: +\[2Juser-top-read\n/);
      await writeFile(machine.file, JSON.stringify({ ...record, scope: 'user-top-read' }));
      const { consented_at: consentedAt } = await machine.record();
      const status = JSON.parse((await machine.run('status', '--json')).out) as object;
      assert.deepEqual(
        { ...status, access_token_ends_at: undefined },
        {
          account: { id: 'alva', name: 'Alva' },
          client_id: machine.app.clientId,
          scopes: ['user-top-read'],
          access_token_ends_at: undefined,
          consent_ends_at: new Date((Number(consentedAt) + 181 * 24 * 3600) * 1000).toISOString(),
          file: machine.file,
        },
      );
      assert.equal((await machine.run('status', '--cache', 'missing.json')).code, 4);
    }));

  it('has its like for the app', () =>
    lines.each(async (machine) => {
      const args = ['app-token', '--client-id', machine.app.clientId];
      const { clientId, clientSecret } = machine.app;
      const env = { SPOTIFY_SDK_CLIENT_ID: clientId, SPOTIFY_SDK_CLIENT_SECRET: clientSecret };
      const first = await machine.start(args, env).ended;
      assert.ok(isValid(first), first.err);
      // The token in the file needs no secret.
      assert.equal((await machine.run(...args)).out, first.out);
      const cache = ['--client-id', clientId, '--cache', 'app.json'];
      assert.ok(isValid(await machine.start(['app-token', ...cache], env).ended));
      assert.match((await machine.run('logout', ...cache)).err, /^Deleted: the token of the app/);
      const wrong = await machine.start([...args, '--cache', 'x'], {
        ...env,
        SPOTIFY_SDK_CLIENT_SECRET: 'wrong',
      }).ended;
      assert.equal(wrong.code, 1);
      assert.match(wrong.err, /does not accept the client ID or the client secret/);
    }));
});
