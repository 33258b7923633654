import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { mock } from 'node:test';
import { createFetch } from '../../../../src/adapters/fetch.ts';
import { environmentFetch } from '../../../../src/auth/index.ts';
import { ConnectProxy } from '../../../connectProxy.ts';
import { type Spotify, startSpotify } from '../../../spotify/index.ts';

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];
const SCOPES = ['user-modify-playback-state', 'playlist-modify-public'];
const portOf = (server: Server) => (server.address() as AddressInfo).port;

describe('environmentFetch', () => {
  let spotify: Spotify;
  let proxy: ConnectProxy;
  let accessToken: string;
  const initial = { ...process.env };

  before(async () => {
    proxy = await ConnectProxy.start();
  });
  after(() => {
    proxy.close();
  });
  const clear = () => {
    for (const name of NAMES.flatMap((each) => [each, each.toLowerCase()])) {
      Reflect.deleteProperty(process.env, name);
    }
  };
  beforeEach(async () => {
    clear();
    spotify = await startSpotify();
    const alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
    const app = spotify.addApp({ redirectUris: [] });
    ({ accessToken } = spotify.tokens.issue(alva, app, SCOPES));
    proxy.tunnels.length = 0;
  });
  afterEach(async () => {
    clear();
    Object.assign(process.env, initial);
    await spotify.close();
  });

  it('lets createFetch reach the Web API through the proxy of the environment', async () => {
    const targets: (string | undefined)[] = [];
    const refusing = createServer().listen(0, '127.0.0.1');
    refusing.on('connect', ({ url }, socket) => {
      targets.push(url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await once(refusing, 'listening');
    process.env['HTTPS_PROXY'] = `127.0.0.1:${portOf(refusing)}`;
    const auth = { getAccessToken: () => Promise.resolve('BQ') };
    const spotifyFetch = createFetch(auth, { fetch: environmentFetch });
    await assert.rejects(spotifyFetch('https://api.spotify.com/v1/me'), /HTTPS_PROXY failed/);
    assert.deepEqual(targets, ['api.spotify.com:443']);
    refusing.close();
  });

  for (const [what, send] of Object.entries({
    'a URL and options': (url: string, init: RequestInit) => environmentFetch(url, init),
    'a Request': (url: string, init: RequestInit) => environmentFetch(new Request(url, init)),
  })) {
    it(`sends method, headers and body of ${what} through it`, async () => {
      process.env['http_proxy'] = proxy.url;
      const url = `${spotify.apiUrl}/v1/me/playlists`;
      const headers = {
        Authorization: `Bearer ${accessToken}`,
        'Content-Type': 'application/json',
      };
      const body = new Blob(['{"name":"Gnossiennes"}']);
      const response = await send(url, { method: 'POST', headers, body });
      assert.equal(response.status, 201);
      assert.equal(spotify.catalogue.playlists[0]?.name, 'Gnossiennes');
      assert.deepEqual(proxy.tunnels, [new URL(url).host]);
    });
  }

  it('needs no proxy, and ends with its signal', async () => {
    const headers = { Authorization: `Bearer ${accessToken}` };
    const url = `${spotify.apiUrl}/v1/me`;
    const { status } = await environmentFetch(new URL(url), { headers });
    assert.equal(status, 200);
    const signal = AbortSignal.abort(new Error('changed my mind'));
    await assert.rejects(environmentFetch(url, { headers, signal }), /changed my mind/);
    assert.deepEqual(proxy.tunnels, []);
  });

  it('gives up after 300 s without an answer', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    mock.timers.enable({ apis: ['setTimeout'] });
    const requested = environmentFetch(`http://127.0.0.1:${portOf(silent)}`);
    await once(silent, 'connection');
    mock.timers.tick(299_000);
    mock.timers.tick(1000);
    await assert.rejects(requested, { name: 'TimeoutError' });
    mock.timers.reset();
    silent.close();
  });

  it('refuses a proxy that it cannot follow, with the name of the variable', async () => {
    process.env['http_proxy'] = 'ftp://proxy';
    await assert.rejects(environmentFetch(spotify.apiUrl), {
      name: 'ConfigurationError',
      message: /http_proxy/,
    });
  });
});
