import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '../../vscode/serverProcess.ts';
import { CommandLines } from './commandLines.ts';
import type { Machine } from './machine.ts';

/** An answer of the test's own Web API. */
interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

const WEB_API = 'https://api.spotify.com/v1';

/** About src/cli/api.ts, src/cli/apiRequest.ts and src/cli/webApi.ts. */
describe('spotify-auth api', function () {
  this.timeout(60_000);
  let lines: CommandLines;
  let server: Server;
  let apiUrl: string;
  let requests: IncomingMessage[];

  before(async () => {
    lines = await CommandLines.create();
    server = createServer((request, response) => {
      void text(request).then((received) => {
        requests.push(request);
        const { status = 200, headers = {}, body } = answerTo(request, received);
        response.writeHead(status, headers).end(body && JSON.stringify(body));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.close();
    await lines.close();
  });
  beforeEach(() => {
    lines.reset();
    requests = [];
  });
  afterEach(() => lines.removeMachines());

  /** The test's own Web API, which decides by the path. */
  function answerTo(request: IncomingMessage, received: string): Answer {
    const { method, url = '', headers } = request;
    const list = (next: string | null) => ({ body: { artists: { items: [url], next } } });
    const [, kind = '', status = '200'] = /^\/v1\/(\w+)\/?(\d*)/.exec(url) ?? [];
    switch (kind) {
      case 'list':
        if (url.endsWith('2')) return list(null);
        return list(url.endsWith('1') ? `${apiUrl}/v1/list?page=2` : `${WEB_API}/list?page=1`);
      case 'elsewhere':
        return list('https://example.com/v1/list');
      case 'endless':
        return list(`${WEB_API}/endless`);
      case 'status':
        return { status: Number(status), body: { error: { message: `no ${status}` } } };
      case 'busy': {
        const isFirst = sentTo('/v1/busy', headers.authorization) === 1;
        return isFirst ? { status: 429, headers: { 'Retry-After': '1' } } : { body: {} };
      }
      case 'overloaded':
        return { status: 429, headers: { 'Retry-After': '3600' } };
      case 'moved':
        return { status: 302, headers: { Location: '/v1/list' }, body: {} };
      default:
        return { body: [method, url, headers['content-type'] ?? null, received] };
    }
  }
  const sentTo = (url: string, token?: string) =>
    requests.filter(({ url: sent, headers }) => sent === url && headers.authorization === token)
      .length;
  /** Sends a request to the test's own Web API. */
  const send = (machine: Machine, args: readonly string[], input?: string) =>
    machine.start(['api', ...args], { SPOTIFY_SDK_API_URL: apiUrl }, input).ended;

  it('prints the answer to a request, and nothing else', () =>
    lines.each(async (machine) => {
      await machine.signIn(['user-top-read']);
      const places = ['me/top/tracks', '/v1/me/top/tracks', `${WEB_API}/me/top/tracks`];
      for (const run of await Promise.all(places.map((place) => machine.run('api', place)))) {
        const { code, out, err } = run;
        assert.deepEqual([code, err], [0, '']);
        const { items } = JSON.parse(out) as { items: { name: string }[] };
        assert.deepEqual(
          items.map(({ name }) => name),
          ['Gymnopédie No. 1'],
        );
      }
    }));

  it('sends fields and files as gh does', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      await writeFile(path.join(machine.home, 'body.json'), '{"uris":[]}');
      const json = 'application/json';
      const cases = [
        [['x', '-X', 'get', '-f', 'q=a b', '-f', 'r=c=d'], 'GET', '/v1/x?q=a+b&r=c%3Dd', null, ''],
        [['x', '-f', 'name=a', '-f', 'b=1'], 'POST', '/v1/x', json, '{"name":"a","b":"1"}'],
        [['x?y=1', '-X', 'PUT', '--input', 'body.json'], 'PUT', '/v1/x?y=1', json, '{"uris":[]}'],
        [['x', '--input', '-', '-f', 'z=2'], 'POST', '/v1/x?z=2', json, '[1]'],
        [['x', '-X', 'DELETE'], 'DELETE', '/v1/x', null, ''],
      ] as const;
      const runs = await Promise.all(cases.map(([args]) => send(machine, args, '[1]')));
      runs.forEach(({ code, out, err }, index) => {
        assert.equal(code, 0, err);
        assert.deepEqual(JSON.parse(out), cases[index]?.slice(1));
      });
    }));

  it('refuses what it cannot send', () =>
    lines.each(async (machine) => {
      await Promise.all(
        [
          ['https://example.com/v1/me'],
          ['http://api.spotify.com/v1/me'],
          ['https://api.spotify.com@example.com/v1/me'],
          ['blob:https://api.spotify.com/v1/me'],
          ['x', '-X', 'TRACE'],
          ['x', '-X', 'P T'],
          ['x', '--paginate', '-X', 'PUT'],
          ['x', '-f', 'name'],
          ['x', '-X', 'GET', '--input', 'file'],
        ].map(async (args) => {
          const { code, out, err } = await send(machine, args);
          assert.deepEqual([code, out], [2, ''], args.join(' '));
          assert.match(err, /^error: .*\nSee: spotify-auth api --help\n$/);
        }),
      );
      assert.equal(requests.length, 0);
    }));

  it('prints all pages, and follows no page to another host', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const [all, elsewhere, endless] = await Promise.all(
        ['list', 'elsewhere', 'endless'].map((list) => send(machine, [list, '--paginate'])),
      );
      assert.equal(all?.code, 0, all?.err);
      const pages = all.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { artists: { items: string[] } });
      assert.deepEqual(
        pages.flatMap(({ artists }) => artists.items),
        ['/v1/list', '/v1/list?page=1', '/v1/list?page=2'],
      );
      assert.equal(elsewhere?.code, 2);
      assert.equal(endless?.code, 1);
      assert.match(endless.err, /The pages repeat themselves/);
    }));

  it('renews a token once that Spotify refuses', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const { access_token: refused } = await machine.record();
      lines.spotify.tokens.accessTokens.delete(String(refused));
      assert.equal((await machine.run('api', 'me')).code, 0);
      const { access_token: renewed } = await machine.record();
      assert.notEqual(renewed, refused);
      const { code, err } = await send(machine, ['status/401']);
      assert.equal(code, 4);
      assert.match(err, /HTTP status 401: no 401\nRun: spotify-auth login\n$/);
      const { access_token: last } = await machine.record();
      assert.notEqual(last, renewed);
      for (const token of [renewed, last]) {
        assert.equal(sentTo('/v1/status/401', `Bearer ${String(token)}`), 1);
      }
    }));

  it('waits for a short time if Spotify asks for it, and else says so', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const [busy, overloaded] = await Promise.all(
        ['busy', 'overloaded'].map((place) => send(machine, [place])),
      );
      assert.deepEqual([busy?.code, busy?.out], [0, '{}\n']);
      assert.equal(overloaded?.code, 5);
      assert.match(
        overloaded.err,
        /HTTP status 429\. It asks to wait 3600 s\.\nTry again later\.\n/,
      );
    }));

  it('prints a refusal, too, and ends with a code for its kind', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const kinds = [
        [403, 1],
        [404, 1],
        [503, 5],
      ] as const;
      await Promise.all(
        kinds.map(async ([status, expected]) => {
          const { code, out, err } = await send(machine, [`status/${status}`]);
          assert.equal(code, expected);
          assert.deepEqual(JSON.parse(out), { error: { message: `no ${status}` } });
          assert.match(err, new RegExp(`^error: .* ${status}: no ${status}\n`));
        }),
      );
      const scope = await machine.run('api', 'me/top/tracks');
      assert.equal(scope.code, 4);
      assert.match(scope.err, /Insufficient client scope\n.* Run: spotify-auth login --scope …\n$/);
    }));

  it('sends nothing without the scopes that it needs, and says which command adds them', () =>
    lines.each(async (machine) => {
      await machine.signIn(['user-top-read']);
      const args = ['x', '--scope', 'user-top-read', '--scope'];
      const { code, out, err } = await send(machine, [...args, 'streaming']);
      assert.deepEqual([code, out], [4, '']);
      assert.match(err, /cover: streaming\.\nRun: spotify-auth login --scope streaming\n$/);
      assert.equal(requests.length, 0);
      assert.equal((await send(machine, [...args, 'user-top-read'])).code, 0);
    }));

  it('follows no redirect', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      assert.equal((await send(machine, ['moved'])).code, 1);
      assert.ok(requests.every(({ url }) => url !== '/v1/list'));
    }));

  it('says that Spotify cannot be reached, and with --debug why', () =>
    lines.each(async (machine) => {
      await machine.signIn();
      const env = { SPOTIFY_SDK_API_URL: `http://127.0.0.1:${await freePort()}` };
      const { code, err } = await machine.start(['api', 'me', '--debug'], env).ended;
      assert.equal(code, 5);
      assert.match(err, /^error: Cannot reach 127\.0\.0\.1:\d+: .*\nTry again later\.\ncaused by /);
      assert.match(err, /ECONNREFUSED/);
    }));
});
