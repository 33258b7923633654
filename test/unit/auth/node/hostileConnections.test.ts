import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { authorize } from '../../../../src/auth/authorize.ts';
import { authorizeLocal } from '../../../../src/auth/node/authorizeLocal.ts';
import { plainPage } from '../../../../src/auth/node/callbackPage.ts';
import { LoopbackServer } from '../../../../src/auth/node/loopbackServer.ts';
import { type Spotify, startSpotify } from '../../../spotify/index.ts';
import { LocalSignIn } from './localSignIn.ts';
import { closed, get, open, send } from './loopbackClient.ts';

/** How many connections the server keeps open. */
const CAP = 64;

/** About src/auth/node/cappedServer.ts. */
describe('a hostile connection', () => {
  let server: LoopbackServer;
  let origin: string;
  let host: string;
  let sockets: Socket[];

  const listen = async (options: { lingerMs?: number; requestMs?: number } = {}) => {
    const redirectUri = 'http://127.0.0.1/callback';
    server = await LoopbackServer.listen({
      redirectUri,
      state: 'ours',
      page: plainPage,
      ...options,
    });
    ({ origin, host } = new URL(server.redirectUri));
  };

  beforeEach(() => {
    sockets = [];
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await server.close('failed');
  });

  /** Opens connections in this order. Each sends `text` and is silent then. */
  const hold = async (count: number, text = ''): Promise<Socket[]> => {
    const held = Array.from({ length: count }, () => open(origin));
    sockets.push(...held);
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    for (const socket of held) socket.resume().write(text);
    return held;
  };
  const head = (line: string, to = host) => `${line} HTTP/1.1\r\nHost: ${to}\r\n`;
  const callback = () => get(`${origin}/callback?code=AQgood&state=ours`);
  /** Sends a request. When it is answered, the server has read all requests that were sent before. */
  const roundTrip = () => send(origin, `${head('GET /favicon.ico')}\r\n`);
  const isOpen = (socket: Socket) => !socket.closed;

  it('is closed for newer ones when it is idle', async () => {
    await listen();
    const idle = await hold(500);
    await Promise.all(idle.slice(0, -CAP).map(closed));
    assert.equal(idle.filter(isOpen).length, CAP);
    assert.equal((await callback()).location, '/done');
  });

  it('does not displace the tab that waits for its page', async () => {
    await listen();
    await callback();
    const tab = send(origin, `${head('GET /done')}\r\n`);
    await roundTrip();
    const idle = await hold(500);
    await Promise.all(idle.slice(0, 1 - CAP).map(closed));
    void server.close('signedIn');
    assert.match(await tab, /Signed in/);
  });

  it('is closed for newer ones also when all wait for a page', async () => {
    await listen();
    await callback();
    for (let count = 0; count < CAP; count++) {
      const [waiting] = await hold(1, `${head('GET /done')}Expect: 100-continue\r\n\r\n`);
      // The server has read its request.
      if (waiting) await once(waiting, 'data');
    }
    await hold(1);
    const [oldest, ...others] = sockets;
    if (oldest) await closed(oldest);
    assert.equal(others.filter(isOpen).length, CAP);
  });

  it('is closed when its request does not end, even if data keeps coming', async () => {
    await listen({ requestMs: 200 });
    const starts = ['', 'G', 'GET /callback?code=', head('GET /'), head('POST /'), '\r\n'];
    const slow = await Promise.all(starts.map((start) => hold(1, start)));
    const trickling = await hold(1, head('GET /'));
    const drops = setInterval(() => trickling[0]?.write('X: x\r\n'), 5);
    await Promise.all([...slow.flat(), ...trickling].map(closed));
    clearInterval(drops);
    let answer = await callback();
    // On a busy machine this request may time out, too.
    while (answer.status === 408) answer = await callback();
    assert.equal(answer.location, '/done');
  });

  describe('among thousands', () => {
    let spotify: Spotify;

    before(async () => {
      spotify = await startSpotify();
      // The modules that the first sign-in loads stay in memory.
      const first = new LocalSignIn(spotify);
      await authorizeLocal(first.client(), first.browser);
      await first.tab;
      spotify.requests.clear();
    });
    after(() => spotify.close());

    /**
     * Sends hostile requests, five on a connection and 20 connections at a time, and counts the answers
     * by status. Only the first request on a connection is answered.
     */
    const flood = async (count: number, answers: Record<string, number>) => {
      const junk = [
        `${head('GET /callback?code=AQx&state=ours', 'evil.example')}\r\n`,
        `${head('GET /wp-login.php')}\r\n`,
        `${head('POST /callback?code=AQx&state=ours')}\r\n`,
        `${head('GET /callback?code=AQx&state=theirs')}\r\n`,
        '\x16\x03\x01\r\n\r\n',
      ];
      let sent = 0;
      const client = async () => {
        while (sent < count) {
          sent += 5;
          const request = junk[(sent / 5) % junk.length] ?? '';
          const answer = await send(origin, request.repeat(5));
          const status = answer.slice(9, 12);
          answers[status] = (answers[status] ?? 0) + 1;
        }
      };
      await Promise.all(Array.from({ length: 20 }, client));
    };

    it('neither prevents the sign-in nor stays in memory', async function () {
      // Thousands of connections take long on a busy machine.
      this.timeout(60_000);
      await listen({ lingerMs: 60_000 });
      const signIn = new LocalSignIn(spotify);
      const answers = {};
      let rest: Promise<void> | undefined;
      const openBrowser = async (url: string) => {
        await hold(500);
        await flood(5000, answers);
        rest = flood(5000, answers);
        signIn.browser.authorizationUrlHandler(url);
      };
      const { signal } = new AbortController();
      const before = heapInUse();
      const auth = signIn.client();
      const token = await authorize(auth, server, { state: 'ours', openBrowser, signal });
      void server.close('signedIn');
      assert.equal(spotify.tokens.accessTokens.get(token.accessToken)?.user?.id, 'alva');
      assert.match(await signIn.tab, /Signed in/);
      await rest;
      assert.deepEqual(answers, { 200: 400, 400: 400, 404: 400, 405: 400, 421: 400 });
      assert.equal(spotify.requests.to('token').length, 1);
      assert.ok(sockets.filter(isOpen).length <= CAP);
      sockets = [];
      const growth = heapInUse() - before;
      assert.ok(growth < 4_000_000, `${growth} bytes more are in use`);
      await server.close('failed');
      await assert.rejects(callback(), /ECONNREFUSED/);
    });
  });
});

/** Returns the bytes in use after a garbage collection. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
