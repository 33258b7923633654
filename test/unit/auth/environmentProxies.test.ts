import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ClientCredentials, ConfigurationError, endpointsAt } from '../../../src/auth/index.ts';
import { isExempt } from '../../../src/auth/node/noProxy.ts';
import { environmentProxy } from '../../../src/auth/node/environmentProxy.ts';
import { ConnectProxy } from '../../connectProxy.ts';
import { SocksProxy } from '../../socksProxy.ts';
import { type Spotify, startSpotify } from '../../spotify/index.ts';

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'REQUEST_METHOD'];
const spotifyUrl = new URL('https://accounts.spotify.com/api/token');

describe('the proxy of the environment', () => {
  let spotify: Spotify;
  let proxy: ConnectProxy;
  let socks: SocksProxy;
  const initial = { ...process.env };

  before(async () => {
    [proxy, socks] = await Promise.all([ConnectProxy.start(), SocksProxy.start()]);
  });
  after(() => {
    proxy.close();
    socks.close();
  });
  const clear = () => {
    for (const name of NAMES.flatMap((each) => [each, each.toLowerCase()])) {
      Reflect.deleteProperty(process.env, name);
    }
  };
  beforeEach(async () => {
    clear();
    // At a new port, or undici would reuse a tunnel of an earlier test.
    spotify = await startSpotify();
    proxy.tunnels.length = proxy.credentials.length = 0;
    socks.targets.length = socks.credentials.length = 0;
  });
  afterEach(async () => {
    clear();
    Object.assign(process.env, initial);
    await spotify.close();
  });

  /** Gets a token of an app from the stand-in, by way of the default `fetch`. */
  async function getToken(env: NodeJS.ProcessEnv): Promise<void> {
    Object.assign(process.env, env);
    const { clientId, clientSecret } = spotify.addApp({ redirectUris: [] });
    const endpoints = endpointsAt(spotify.accountsUrl);
    const auth = new ClientCredentials({ clientId, clientSecret, endpoints, maxRetries: 0 });
    assert.ok(spotify.tokens.accessTokens.has(await auth.getAccessToken()));
  }
  const port = () => new URL(proxy.url).port;
  const accountsHost = () => new URL(spotify.accountsUrl).host;

  for (const name of ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY']) {
    for (const scheme of ['', 'http://', 'HTTP://']) {
      it(`is that of ${name}=${scheme}host:port`, async () => {
        await getToken({ [name]: ` ${scheme}127.0.0.1:${port()}\n` });
        assert.deepEqual(proxy.tunnels, [accountsHost()]);
      });
    }
  }

  it('receives user name and password, with their special characters', async () => {
    await getToken({ http_proxy: `al%20va:p%40ss%3A@127.0.0.1:${port()}` });
    await getToken({ http_proxy: `http://token@127.0.0.1:${port()}/` });
    assert.deepEqual(
      proxy.credentials.map((header) => Buffer.from(header.slice(6), 'base64').toString()),
      ['al va:p@ss:', 'token:'],
    );
  });

  for (const scheme of ['socks5', 'socks5h']) {
    it(`may be one of ${scheme}, with and without credentials`, async () => {
      await getToken({ all_proxy: `${scheme}://127.0.0.1:${socks.port}` });
      await getToken({ all_proxy: `${scheme}://a%40:b%3A@127.0.0.1:${socks.port}` });
      assert.deepEqual(socks.credentials, ['a@:b:']);
      assert.deepEqual(socks.targets, [accountsHost(), accountsHost()]);
    });
  }

  for (const value of [
    'ftp://alva:hunter2@proxy:8080',
    'socks4://alva:hunter2@proxy:1080',
    'socks4a://alva:hunter2@proxy',
    'socks://hunter2@proxy',
    'http://alva:hunter2@proxy:port',
    'http://alva:hun#ter2@proxy:8080',
    'http://alva:8/hunter2@proxy:8080',
    'http://alva:%hunter2@proxy:8080',
    'http://',
    'hunter2 proxy',
  ]) {
    it(`is refused with the name of its variable, and not its value: ${value}`, async () => {
      const error = await getToken({ HTTP_PROXY: value }).catch((reason: unknown) => reason);
      assert.ok(error instanceof ConfigurationError, inspect(error));
      assert.match(error.message, /HTTP_PROXY/);
      assert.doesNotMatch(inspect(error, { showHidden: true, depth: 9 }), /hun#?ter2|alva/);
    });
  }

  it('is named in the error if it cannot be reached', async () => {
    const failed = getToken({ http_proxy: 'http://alva:hunter2@127.0.0.1:9' });
    await assert.rejects(failed, (error) => {
      assert.doesNotMatch(inspect(error, { depth: 9 }), /hunter2/);
      return String(error).includes('through the proxy of http_proxy failed');
    });
  });

  it('is not that of a CGI program’s request', async () => {
    await getToken({ HTTP_PROXY: 'http://127.0.0.1:9', REQUEST_METHOD: 'GET' });
    await getToken({ http_proxy: `127.0.0.1:${port()}`, REQUEST_METHOD: 'GET' });
    assert.equal(proxy.tunnels.length, 1);
  });

  it('is not used for the hosts of NO_PROXY', async () => {
    await getToken({ http_proxy: 'http://127.0.0.1:9', NO_PROXY: 'example.com, 127.0.0.0/8' });
    await getToken({ ALL_PROXY: 'ftp://', no_proxy: '127.0.0.1' });
  });

  it('is, for https, that of its own variable, then of all_proxy, then of http_proxy', () => {
    const names = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'http_proxy'];
    for (let first = 0; first < names.length; first++) {
      const env = Object.fromEntries(names.slice(first).map((name) => [name, `${name}.example:1`]));
      // An empty variable counts as none.
      const found = environmentProxy(spotifyUrl, { ...env, https_proxy: env['https_proxy'] ?? '' });
      assert.equal(found?.variable, names[first]);
    }
    assert.equal(environmentProxy(spotifyUrl, {}), undefined);
  });

  for (const [value, url] of [
    ['proxy.example', 'http://proxy.example:1080'],
    ['proxy.example:80', 'http://proxy.example:80'],
    ['http://proxy.example:80/', 'http://proxy.example:80'],
    ['https://proxy.example', 'https://proxy.example:443'],
    ['https://proxy.example:80', 'https://proxy.example:80'],
    ['socks5h://proxy.example', 'socks5://proxy.example:1080'],
    ['[::1]:8080', 'http://[::1]:8080'],
  ] as const) {
    it(`${value} is ${url}, as in curl`, () => {
      assert.equal(environmentProxy(spotifyUrl, { HTTPS_PROXY: value })?.url, url);
    });
  }
});

describe('NO_PROXY', () => {
  for (const [list, url, expected] of [
    ['*', 'https://a.example', true],
    ['a.example', 'https://a.example', true],
    ['.a.example', 'https://b.a.example', true],
    ['.a.example', 'https://a.example', true],
    ['*.a.example', 'https://b.a.example', true],
    ['A.Example.', 'https://a.example.', true],
    ['x, a.example', 'https://a.example', true],
    ['x a.example', 'https://a.example', true],
    ['a.example', 'https://ba.example', false],
    ['b.a.example', 'https://a.example', false],
    ['a.example:8443', 'https://a.example:8443', true],
    ['a.example:8443', 'https://a.example', false],
    ['a.example:443', 'https://a.example', true],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/', 'https://11.1.2.3', false],
    ['10.0.0.0/33', 'https://10.0.0.0', false],
    ['10.0.0.0/8', 'https://a.example', false],
    ['127.0.0.1', 'http://127.0.0.1:80', true],
    ['127.0.0.1:80', 'http://127.0.0.1', true],
    ['0.0.1', 'http://127.0.0.1', false],
    ['::1', 'http://[::1]', true],
    ['[::1]', 'http://[::1]', true],
    ['[::1]:80', 'http://[::1]', true],
    ['[::1]:81', 'http://[::1]', false],
    ['fd00::/8', 'http://[fd12::3]', true],
    ['', 'https://a.example', false],
    [',,', 'https://a.example', false],
  ] as const) {
    it(`${JSON.stringify(list)} ${expected ? 'exempts' : 'does not exempt'} ${url}`, () => {
      assert.equal(isExempt(new URL(url), { NO_PROXY: list }), expected);
      assert.equal(isExempt(new URL(url), { NO_PROXY: '*', no_proxy: list || 'x' }), expected);
    });
  }
});
