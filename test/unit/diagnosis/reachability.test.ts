import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Agent, type Dispatcher, fetch as undiciFetch, ProxyAgent } from 'undici';
import type { Fetch } from '../../../src/auth/index.ts';
import type { ServerAnswer } from '../../../src/diagnosis/machine.ts';
import { clockSkew, reach } from '../../../src/diagnosis/reachability.ts';
import { startSpotify } from '../../spotify/index.ts';
import { type Authority, type Certificate, certify } from '../../certificates.ts';

const never = new AbortController().signal;

describe('a request that tests a server', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  async function listen(server: Server): Promise<string> {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const serve = async (answer: RequestListener) => `http://${await listen(createServer(answer))}/`;

  /** Asks a server that has this certificate, and trusts this authority. */
  async function reachWith({ cert, key }: Certificate, trusted: Authority): Promise<ServerAnswer> {
    const host = await listen(createSecureServer({ cert, key }, (_, response) => response.end()));
    const dispatcher = new Agent({ connect: { ca: trusted.cert } });
    try {
      return await reach(`https://${host}/`, { fetch: fetchBy(dispatcher), signal: never });
    } finally {
      await dispatcher.close();
    }
  }

  it('returns any status that Spotify answers, and the clock skew', async () => {
    const spotify = await startSpotify();
    spotify.clock.advance(-300);
    const answer = await reach(spotify.accountsUrl, { fetch, signal: never });
    assert.ok('status' in answer && answer.status === 404);
    assert.ok(answer.skewSeconds !== undefined && Math.abs(answer.skewSeconds - 300) <= 2);
    await spotify.close();
  });

  it('returns the status of a redirect, and does not follow it', async () => {
    const url = await serve((_, response) => {
      response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end();
    });
    const answer = await reach(url, { fetch, signal: never });
    assert.ok('status' in answer && answer.status === 302);
  });

  it('finds that no server listens', async () => {
    const host = await listen(createServer());
    servers.pop()?.close();
    const answer = await reach(`http://${host}/`, { fetch, signal: never });
    assert.deepEqual(answer, { fault: { kind: 'refused', code: 'ECONNREFUSED' } });
  });

  it('finds that the name of the server cannot be resolved', async () => {
    const answer = await reach('http://accounts.spotify.invalid/', { fetch, signal: never });
    assert.ok('fault' in answer && answer.fault.kind === 'name', JSON.stringify(answer));
  });

  it('finds that the server does not answer in time', async () => {
    const url = await serve(() => undefined);
    const answer = await reach(url, { fetch, signal: never, timeoutMs: 50 });
    assert.deepEqual(answer, { fault: { kind: 'timeout' } });
  });

  it('finds that the connection breaks off', async () => {
    const url = await serve(({ socket }) => socket.resetAndDestroy());
    const answer = await reach(url, { fetch, signal: never });
    assert.deepEqual(answer, { fault: { kind: 'broken', code: 'ECONNRESET' } });
  });

  it('finds what is wrong with a certificate', async () => {
    const authority = certify('Authority');
    const another = certify('Another authority');
    const hosts = ['127.0.0.1'];
    const leaf = certify('Server', { hosts, authority });
    const chain = { ...leaf, cert: leaf.cert + authority.cert };
    const expired = certify('Server', { hosts, authority, expired: true });
    const elsewhere = certify('Server', { hosts: ['127.0.0.2'], authority });
    for (const [certificate, trusted, code] of [
      [certify('Server', { hosts }), another, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      [leaf, another, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      [chain, another, 'SELF_SIGNED_CERT_IN_CHAIN'],
      [expired, authority, 'CERT_HAS_EXPIRED'],
      [elsewhere, authority, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ] as const) {
      const answer = await reachWith(certificate, trusted);
      assert.deepEqual(answer, { fault: { kind: 'certificate', code } });
    }
    assert.ok('status' in (await reachWith(leaf, authority)));
  });

  for (const [status, kind] of [
    [407, 'proxyWantsPassword'],
    [403, 'proxyRefuses'],
  ] as const) {
    it(`finds that the proxy answers ${status}`, async () => {
      const proxy = createServer();
      proxy.on('connect', (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
      const dispatcher = new ProxyAgent(`http://${await listen(proxy)}`);
      const url = 'https://accounts.spotify.com/';
      const answer = await reach(url, { fetch: fetchBy(dispatcher), signal: never });
      assert.deepEqual(answer, { fault: { kind, code: String(status) } });
      await dispatcher.close();
    });
  }

  it('rejects when it is cancelled', async () => {
    const url = await serve(() => undefined);
    const cancelled = new AbortController();
    const asked = reach(url, { fetch, signal: cancelled.signal });
    cancelled.abort(new Error('cancelled'));
    await assert.rejects(asked, /cancelled/);
  });
});

const fetchBy =
  (dispatcher: Dispatcher): Fetch =>
  (url, init) =>
    undiciFetch(url, { ...(init as object), dispatcher });

const NOON = Date.UTC(2026, 10, 25, 12);

/**
 * The skew by an answer whose `Date` is noon. `sent` and `received` say, in milliseconds, how long after
 * noon the request was sent and the answer received.
 */
function skew(sent: number, received: number, headers: Record<string, string> = {}) {
  const date = new Date(NOON).toUTCString();
  return clockSkew({
    headers: new Headers({ date, ...headers }),
    sentAt: NOON + sent,
    receivedAt: NOON + received,
  });
}

describe('the clock of this computer', () => {
  it('agrees with the server’s if the `Date` lies between request and answer', () => {
    assert.equal(skew(-200, 300), 0);
    assert.equal(skew(900, 1400), 0);
    assert.equal(skew(-4000, 0), 0);
  });

  it('is ahead or behind if the `Date` lies outside that time', () => {
    assert.equal(skew(301_000, 301_500), 300);
    assert.equal(skew(-300_500, -300_000), -300);
  });

  it('is compared with the time at which a cache answered', () => {
    assert.equal(skew(60_000, 60_200, { age: '60' }), 0);
  });

  it('is not known if the answer has no valid `Date`', () => {
    assert.equal(skew(0, 0, { date: 'yesterday' }), undefined);
    const answer = { headers: new Headers(), sentAt: 0, receivedAt: 0 };
    assert.equal(clockSkew(answer), undefined);
  });
});
