import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { FileLock } from '../../../src/auth/node/fileLock.ts';
import { freePort } from '../../vscode/serverProcess.ts';
import { CommandLines } from './commandLines.ts';

/** About src/cli/login.ts, src/cli/tokenLock.ts, src/cli/settings.ts and src/cli/account.ts. */
describe('spotify-auth login', function () {
  this.timeout(60_000);
  let lines: CommandLines;

  before(async () => (lines = await CommandLines.create()));
  after(() => lines.close());
  beforeEach(() => lines.reset());
  afterEach(() => lines.removeMachines());

  const sentScopes = (clientId: string) =>
    lines.spotify.requests
      .to('authorize')
      .filter(({ query }) => query.get('client_id') === clientId)
      .map(({ query }) => query.get('scope'));

  it('opens the browser, and says who is signed in and until when', () =>
    lines.each(async (machine) => {
      const { code, out, err } = await machine.login('--scope', 'user-top-read');
      assert.equal(code, 0, err);
      assert.equal(out, '');
      assert.match(err, /Signed in as Alva \(test server\)\.\nScopes: user-top-read\n/);
      assert.match(err, /The consent ends .*\(in 18[01] days\)/);
      assert.equal((await stat(machine.file)).mode & 0o777, 0o600);
      assert.equal((await stat(path.dirname(machine.file))).mode & 0o777, 0o700);
      const { access_token: stored } = await machine.record();
      assert.equal((await machine.run('token')).out, `${String(stored)}\n`);
      // Other users may read the arguments of the browser in the list of processes.
      const opened = await readFile(path.join(machine.home, 'bin', 'browser.opened'), 'utf8');
      const verifiers = lines.spotify.requests
        .to('token')
        .map(({ form }) => form.get('code_verifier'));
      assert.ok(verifiers.length > 0 && opened.includes(machine.app.clientId));
      for (const secret of [...verifiers, machine.app.clientSecret, String(stored)]) {
        assert.ok(secret && !opened.includes(secret));
      }
    }));

  it('asks for the scopes of the earlier sign-in, too', () =>
    lines.each(async (machine) => {
      await machine.signIn(['user-top-read']);
      await machine.run(
        'login',
        '--scope',
        'streaming,user-read-email',
        '--scope',
        'user-top-read',
      );
      const scopes = 'user-top-read streaming user-read-email';
      assert.deepEqual(sentScopes(machine.app.clientId), [scopes]);
      assert.equal((await machine.record())['scope'], scopes);
    }));

  it('warns of a scope that Spotify may not know', () =>
    lines.each(async (machine) => {
      const args = ['login', '--client-id', machine.app.clientId, '--no-browser'];
      args.push('--scope', 'all\u001b[8m');
      const login = machine.start(args);
      const err = await login.told('Waiting');
      login.child.kill('SIGINT');
      assert.match(err, /^warning: Spotify may answer “Illegal scope”.* all \[8m\.\n/);
      assert.equal((await login.ended).code, 130);
    }));

  it('changes nothing if the user declines', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      lines.spotify.behaviour.consent = 'deny';
      const before = await machine.record();
      const { code, err } = await machine.run('login');
      assert.equal(code, 1);
      assert.match(err, /error: .*\nNothing has changed\.\n$/);
      assert.deepEqual(await machine.record(), before);
    }));

  it('stores nothing if Spotify does not serve the user, and says what the owner can do', () =>
    lines.each(async (machine) => {
      machine.app.allowList = [];
      const { code, err } = await machine.login();
      assert.equal(code, 1);
      assert.match(err, /error: Spotify refuses this user: .*not registered.*\n.*User Management/);
      await assert.rejects(machine.record(), { code: 'ENOENT' });
    }));

  it('stores the sign-in if Spotify cannot say who it is', () =>
    lines.each(async (machine) => {
      const env = { SPOTIFY_SDK_API_URL: `http://127.0.0.1:${await freePort()}` };
      const { code, err } = await machine.start(['login', '--client-id', machine.app.clientId], env)
        .ended;
      assert.equal(code, 0);
      assert.match(err, /warning: The name of the account is unknown.*Cannot reach[^]*Signed in\b/);
      assert.ok((await machine.record())['refresh_token']);
    }));

  it('needs a client ID where nobody can be asked', () =>
    lines.each(async (machine) => {
      const { code, err } = await machine.run('login');
      assert.equal(code, 2);
      assert.match(
        err,
        /error: A client ID is needed: pass --client-id or set SPOTIFY_SDK_CLIENT_ID/,
      );
    }));

  it('refuses localhost, which Spotify refuses, before the user has to register it', () =>
    lines.each(async (machine) => {
      const real = { SPOTIFY_SDK_ACCOUNTS_URL: '', SPOTIFY_SDK_API_URL: '' };
      const command = ['login', '--redirect-uri', 'http://localhost:8888/callback'];
      const { code, err } = await machine.start(command, real).ended;
      assert.equal(code, 1);
      assert.match(err, /Register http:\/\/127\.0\.0\.1:8888\/callback in your app's settings/);
    }));

  it('replaces a broken file, and refuses a folder before it opens the browser', () =>
    lines.each(async (machine) => {
      await mkdir(path.join(machine.home, 'folder'));
      const refused = await machine.login('--cache', 'folder');
      assert.equal(refused.code, 1);
      assert.match(refused.err, /^error: .*folder is not a file\.\n/);
      await writeFile(path.join(machine.home, 'broken.json'), '{"access_token":"BQ');
      const { code, err } = await machine.login('--cache', 'broken.json');
      assert.equal(code, 0, err);
      assert.equal(sentScopes(machine.app.clientId).length, 1);
      assert.equal((await machine.run('token', '--cache', 'broken.json')).code, 0);
    }));

  it('prints the address with --no-browser, and waits for the callback', () =>
    lines.each(async (machine) => {
      const args = ['login', '--client-id', machine.app.clientId, '--no-browser'];
      const login = machine.start(args);
      const address = /http:\S+code_challenge=[\w-]+/.exec(await login.told('Waiting'))?.[0];
      await fetch(address ?? '');
      const { code, err } = await login.ended;
      assert.equal(code, 0, err);
      assert.match(err, /^Open this address[^]*Signed in as Alva/);
    }));

  it('says that it opens no browser with BROWSER=none, and which machine to use without a terminal', () =>
    lines.each(async (machine) => {
      const args = ['login', '--client-id', machine.app.clientId];
      const login = machine.start(args, { BROWSER: 'none' });
      const told = await login.told('Waiting');
      assert.match(
        told,
        /^Open this address[^]*\nOpen the address on this machine\. .* in a terminal/,
      );
      await fetch(/http:\S+code_challenge=[\w-]+/.exec(told)?.[0] ?? '');
      assert.equal((await login.ended).code, 0);
      const { err } = await machine.login();
      assert.match(err, /^Opening Spotify in your browser\./);
      assert.doesNotMatch(err, /on this machine/);
    }));

  it('with a client secret needs it for each refresh', () =>
    lines.each(async (machine) => {
      const { clientId, clientSecret } = machine.app;
      const id = { SPOTIFY_SDK_CLIENT_ID: clientId };
      const secret = { ...id, SPOTIFY_SDK_CLIENT_SECRET: clientSecret };
      assert.equal((await machine.start(['login'], secret).ended).code, 0);
      assert.equal((await machine.start(['token', '--renew'], secret).ended).code, 0);
      const { code, err } = await machine.start(['token', '--renew'], id).ended;
      assert.equal(code, 1);
      assert.match(err, /invalid_request.* the client secret is needed here, too/);
    }));

  it('frees its port and leaves no file when it is interrupted', () =>
    lines.each(async (machine) => {
      const args = ['login', '--client-id', machine.app.clientId, '--no-browser'];
      const login = machine.start(args);
      await login.told('Waiting');
      login.child.kill('SIGINT');
      const { code, out, err } = await login.ended;
      assert.equal(code, 130, err);
      assert.equal(out, '');
      const redirectUri = /redirect_uri=([^&]+)/.exec(err)?.[1] ?? '';
      await assert.rejects(fetch(decodeURIComponent(redirectUri)), TypeError);
      assert.deepEqual(await readdir(machine.home), ['bin']);
    }));

  it('waits with a new sign-in for a refresh of the earlier one', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const before = await machine.record();
      const { dir, base } = path.parse(machine.file);
      const refresh = async () => {
        const { child, ended } = machine.start(['login']);
        const { requests, tokens } = lines.spotify;
        const isOurs = ({ headers: { authorization = '' } }: { headers: IncomingHttpHeaders }) =>
          tokens.accessTokens.get(authorization.replace('Bearer ', ''))?.app === machine.app;
        const isKnown = () => requests.to('me').some((sent) => sent.isAnswered && isOurs(sent));
        while (!isKnown()) await setTimeout(5);
        child.kill('SIGINT');
        assert.equal((await ended).code, 130);
      };
      await new FileLock(dir).hold(base, 1000, refresh, () => new Error('The lock is held.'));
      assert.deepEqual(await machine.record(), before);
    }));

  it('sends a client secret of the environment only for the app that this names', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const { clientId, clientSecret } = machine.app;
      const secret = { SPOTIFY_SDK_CLIENT_SECRET: clientSecret };
      const other = { ...secret, SPOTIFY_SDK_CLIENT_ID: 'another-app' };
      const id = ['--client-id', clientId];
      const runs = await Promise.all([
        machine.start(['token', '--renew'], secret).ended,
        machine.start(['login', ...id], other).ended,
        machine.start(['app-token', ...id], secret).ended,
        machine.start(['app-token', ...id], other).ended,
      ]);
      assert.deepEqual(
        runs.map(({ code }) => code),
        [0, 0, 2, 2],
      );
      for (const { headers, form } of lines.spotify.requests.to('token')) {
        assert.equal(headers.authorization ?? form.get('client_secret'), null);
      }
    }));
});
