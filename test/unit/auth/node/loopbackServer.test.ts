import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { ConfigurationError, ConnectionError } from '../../../../src/auth/index.ts';
import { LoopbackServer } from '../../../../src/auth/node/loopbackServer.ts';
import { get, send } from './loopbackClient.ts';

const page = (kind: string) => `<style>p { margin: 0 }</style><p>${kind}</p>`;

describe('LoopbackServer', () => {
  let server: LoopbackServer;
  let origin: string;

  beforeEach(async () => {
    server = await LoopbackServer.listen({
      redirectUri: 'http://127.0.0.1/callback',
      state: 'ours',
      page,
      lingerMs: 50,
    });
    origin = new URL(server.redirectUri).origin;
  });

  afterEach(() => server.close('failed'));

  const wait = () => server.waitForCallback(new AbortController().signal);
  const callback = (query: string) => get(`${origin}/callback?${query}`);

  it('takes the callback that carries its state', async () => {
    const answer = await callback('code=AQx&state=ours');
    assert.deepEqual(answer, { status: 303, location: '/done' });
    assert.equal(await wait(), `${origin}/callback?code=AQx&state=ours`);
  });

  it('takes a callback with 20 KB of cookies, as other servers on 127.0.0.1 leave them', async () => {
    const cookie = 'x'.repeat(20_000);
    const answer = await get(`${origin}/callback?code=AQx&state=ours`, { cookie });
    assert.equal(answer.location, '/done');
  });

  it('takes an error response that carries its state', async () => {
    await callback('error=access_denied&state=ours');
    assert.equal(await wait(), `${origin}/callback?error=access_denied&state=ours`);
  });

  for (const query of [
    'code=AQx&state=theirs',
    'code=AQx',
    'state=ours',
    'code=AQx&code=AQy&state=ours',
    'code=AQx&state=ours&state=ours',
    'error=access_denied&state=theirs',
    '',
  ]) {
    it(`refuses the callback "${query}" and goes on waiting`, async () => {
      assert.deepEqual(await callback(query), { status: 200, location: undefined });
      await callback('code=AQgood&state=ours');
      assert.match(await wait(), /AQgood/);
    });
  }

  it('tells the tab of a second callback that the first was used', async () => {
    await callback('code=AQx&state=ours');
    const second = await callback('code=AQy&state=ours');
    assert.deepEqual(second, { status: 303, location: '/done?used' });
    assert.match(await wait(), /AQx/);
    assert.match(await (await fetch(`${origin}/done?used`)).text(), /used/);
  });

  it('answers any other path with 404, and any other method with 405', async () => {
    for (const path of ['/', '/favicon.ico', '/callback/', '/Callback', '/done/x']) {
      assert.equal((await get(`${origin}${path}?code=AQx&state=ours`)).status, 404, path);
    }
    const post = await get(`${origin}/callback?code=AQx&state=ours`, { method: 'POST' });
    assert.equal(post.status, 405);
  });

  for (const purpose of [
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-purpose': 'preview' },
    { 'x-moz': 'prefetch' },
  ]) {
    it(`takes no callback that the browser prefetches: ${JSON.stringify(purpose)}`, async () => {
      const url = `${origin}/callback?code=AQx&state=ours`;
      assert.deepEqual(await get(url, purpose), { status: 503, location: undefined });
      assert.deepEqual(await get(url), { status: 303, location: '/done' });
      assert.equal(await wait(), url);
    });
  }

  it('refuses another Host header, as DNS rebinding would send', async () => {
    const port = new URL(origin).port;
    for (const host of ['evil.example', `localhost:${port}`, '127.0.0.1', `127.0.0.1:${port}0`]) {
      const answer = await get(`${origin}/callback?code=AQx&state=ours`, { host });
      assert.deepEqual(answer, { status: 421, location: undefined }, host);
    }
  });

  it('refuses a request target that names another server', async () => {
    const { host } = new URL(origin);
    const target = 'http://evil.example/callback?code=AQx&state=ours';
    const answer = await send(origin, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    assert.match(answer, /^HTTP\/1.1 421 /);
  });

  it('allows no resources and scripts on its page, and keeps its URL out of caches and referrers', async () => {
    const { headers } = await fetch(`${origin}/done`);
    assert.deepEqual(
      {
        csp: headers.get('content-security-policy'),
        cache: headers.get('cache-control'),
        referrer: headers.get('referrer-policy'),
        type: headers.get('x-content-type-options'),
      },
      {
        csp:
          "default-src 'none'; style-src 'sha256-7IWhgxoOGTB5NQzjGk9OPt0FwhVeBvZGoWgF9xLLh8c='; " +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        cache: 'no-store',
        referrer: 'no-referrer',
        type: 'nosniff',
      },
    );
  });

  it('listens on 127.0.0.1 alone', async () => {
    await assert.rejects(get(origin.replace('127.0.0.1', '127.0.0.2')), /ECONNREFUSED/);
  });

  it('listens on [::1] alone if the redirect URI names it', async function () {
    const addresses = Object.values(networkInterfaces()).flat();
    if (!addresses.some((address) => address?.address === '::1')) {
      console.log('      skipped: this machine has no IPv6 loopback');
      return this.skip();
    }
    const redirectUri = 'http://[::1]/callback';
    const over6 = await LoopbackServer.listen({ redirectUri, state: 'ours', page, lingerMs: 1 });
    try {
      const url = `${over6.redirectUri}?code=AQx&state=ours`;
      await assert.rejects(get(url.replace('[::1]', '127.0.0.1')), /ECONNREFUSED/);
      const { port } = new URL(url);
      assert.equal((await get(url, { host: `127.0.0.1:${port}` })).status, 421);
      assert.deepEqual(await get(url), { status: 303, location: '/done' });
      assert.equal(await over6.waitForCallback(new AbortController().signal), url);
    } finally {
      await over6.close('failed');
    }
  });

  it('ends the wait with the reason of an abort', async () => {
    const controller = new AbortController();
    const waiting = server.waitForCallback(controller.signal);
    controller.abort(new Error('cancelled'));
    await assert.rejects(waiting, /cancelled/);
    await assert.rejects(server.waitForCallback(controller.signal), /cancelled/);
  });

  it('listens on the port that the redirect URI names, and says so when it is taken', async () => {
    const options = { redirectUri: server.redirectUri, state: 's', page };
    await assert.rejects(LoopbackServer.listen(options), (error) => {
      return error instanceof ConnectionError && error.message.includes(new URL(origin).port);
    });
  });

  for (const redirectUri of [
    'http://localhost/callback',
    'http://192.168.0.10/callback',
    'https://127.0.0.1/callback',
    'http://127.0.0.1.evil.example/callback',
    'vscode://spotify-sdk.spotify-authentication/callback',
    'nonsense',
  ]) {
    it(`does not listen for ${redirectUri}`, async () => {
      const options = { redirectUri, state: 's', page };
      await assert.rejects(LoopbackServer.listen(options), ConfigurationError);
    });
  }
});
