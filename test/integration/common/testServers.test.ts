import assert from 'node:assert/strict';
import { clientSecretOfEnvironment } from '../../../src/common/configuration.ts';
import { spotifyServers } from '../../../src/node/environmentServers.ts';
import { Environment } from '../environment.ts';

const taken: Record<string, string> = {
  'http://127.0.0.1:8888': 'http://127.0.0.1:8888',
  'https://127.255.0.9/path?query#fragment': 'https://127.255.0.9',
  'http://[::1]:8888/': 'http://[::1]:8888',
  'http://[0:0:0:0:0:0:0:1]': 'http://[::1]',
  // Other forms of the same address, by the URL standard.
  'http://127.1': 'http://127.0.0.1',
  'http://2130706433': 'http://127.0.0.1',
  'http://0x7f.0.0.01': 'http://127.0.0.1',
  'http://127。0。0。1': 'http://127.0.0.1',
  'http://１２７.0.0.1': 'http://127.0.0.1',
  // User names, and texts that only look like a host, are dropped.
  'http://evil.example@127.0.0.1:1': 'http://127.0.0.1:1',
  'http://127.0.0.1\\@evil.example': 'http://127.0.0.1',
  'http:evil.example@127.0.0.1': 'http://127.0.0.1',
};

const ignored = [
  'http://localhost:8888',
  'http://localhost.evil.example',
  'http://127.0.0.1.evil.example',
  'http://127.0.0.1%2eevil.example',
  'http://127.0.0.1。evil.example',
  'http://127.0.0.1\t.evil.example',
  'http://evil.example/127.0.0.1',
  'http://evil.example#127.0.0.1',
  'http://127.0.0.1@evil.example',
  'http://127.0.0.1:80@evil.example',
  'http://127.0.0.1%40evil.example@evil.example',
  'http://[::1]@evil.example',
  'http://[::1].evil.example',
  'http://evil.example\\@127.0.0.1',
  'http://127.0.0.evil.example',
  'http://127.evil.1',
  'http://128.0.0.1',
  'http://0.0.0.0',
  'http://0',
  'http://[::]',
  'http://[::2]',
  'http://[::1%25lo]',
  'http://[::ffff:127.0.0.1]',
  'http://[::127.0.0.1]',
  '//127.0.0.1',
  '127.0.0.1:8888',
  '/127.0.0.1',
  ' http://127.0.0.1',
  'ftp://127.0.0.1',
  'ws://127.0.0.1',
  'file://127.0.0.1/',
  'data:text/html,http://127.0.0.1',
  'javascript://127.0.0.1/%0aalert(1)',
  'blob:http://127.0.0.1/x',
  'view-source:http://127.0.0.1',
  'http://',
  'nonsense',
];

/** About src/node/environmentServers.ts. */
describe('a test server in the environment', () => {
  let environment: Environment;

  beforeEach(() => (environment = new Environment()));
  afterEach(() => environment[Symbol.dispose]());

  /** The addresses that these values lead to, and the lines for the log. */
  function asked(accounts: string | undefined, api = accounts) {
    for (const [variable, value] of Object.entries({ ACCOUNTS: accounts, API: api })) {
      environment.set(`SPOTIFY_SDK_${variable}_URL`, value);
    }
    const warnings: string[] = [];
    const servers = spotifyServers((line) => warnings.push(line));
    const { authorize, token } = servers.accounts;
    return { urls: [authorize, token, servers.apiUrl], servers, warnings };
  }

  it('is used if its host is a loopback address, and the log says so', () => {
    for (const [value, origin] of Object.entries(taken)) {
      const { urls, servers, warnings } = asked(value);
      assert.deepEqual([urls, servers.testServer], [below(origin, origin), origin], value);
      const [line, ...others] = warnings;
      assert.match(String(line), /^SPOTIFY_SDK_ACCOUNTS_URL is set: a test server takes the place/);
      assert.deepEqual(others, []);
    }
  });

  it('is ignored, with a warning, at any other address', () => {
    for (const value of ignored) {
      const { urls, servers, warnings } = asked(value);
      assert.deepEqual([urls, servers.testServer], [SPOTIFYS, undefined], value);
      assert.equal(warnings.length, 2);
    }
  });

  it('of the Web API alone is ignored, because it would get tokens of Spotify’s', () => {
    for (const accounts of [undefined, 'http://localhost:8888']) {
      const { urls, warnings } = asked(accounts, 'http://127.0.0.1:8888');
      assert.deepEqual(urls, SPOTIFYS);
      assert.match(String(warnings.at(-1)), /_API_URL is ignored without SPOTIFY_SDK_ACCOUNTS_URL/);
    }
  });

  it('gets the client secret of the environment only if that names the app, too', () => {
    environment.set('SPOTIFY_SDK_CLIENT_SECRET', 'e'.repeat(32));
    // An ignored value names no test server: Spotify is used then.
    environment.set('SPOTIFY_SDK_ACCOUNTS_URL', 'http://localhost:8888');
    const secretAt = (testServer: string | undefined, clientId: string | undefined) => {
      environment.set('SPOTIFY_SDK_CLIENT_ID', clientId);
      return clientSecretOfEnvironment('c'.repeat(32), testServer);
    };
    assert.equal(secretAt('http://127.0.0.1:8888', undefined), undefined);
    assert.equal(secretAt('http://127.0.0.1:8888', 'c'.repeat(32)), 'e'.repeat(32));
    assert.equal(secretAt(undefined, undefined), 'e'.repeat(32));
  });
});

const below = (accounts: string, api: string) => [
  `${accounts}/authorize`,
  `${accounts}/api/token`,
  api,
];

const SPOTIFYS = below('https://accounts.spotify.com', 'https://api.spotify.com');
