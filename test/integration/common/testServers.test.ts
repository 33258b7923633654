import assert from 'node:assert/strict';
import { spotifyServers } from '../../../src/common/configuration.ts';

const VARIABLES = ['SPOTIFY_SDK_ACCOUNTS_URL', 'SPOTIFY_SDK_API_URL'] as const;

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

/** About src/common/configuration.ts. */
describe('a test server in the environment', () => {
  const before = VARIABLES.map((variable) => process.env[variable]);
  afterEach(() => {
    for (const [index, variable] of VARIABLES.entries()) process.env[variable] = before[index];
  });

  /** The addresses that a value of both variables leads to, and the number of warnings. */
  function asked(value: string) {
    for (const variable of VARIABLES) process.env[variable] = value;
    let warnings = 0;
    const { accounts, apiUrl } = spotifyServers(() => warnings++);
    return { urls: [accounts.authorize, accounts.token, apiUrl], warnings };
  }

  it('is used if its host is a loopback address', () => {
    for (const [value, origin] of Object.entries(taken)) {
      assert.deepEqual(asked(value), { urls: below(origin, origin), warnings: 0 }, value);
    }
  });

  it('is ignored, with a warning, at any other address', () => {
    const urls = below('https://accounts.spotify.com', 'https://api.spotify.com');
    for (const value of ignored) assert.deepEqual(asked(value), { urls, warnings: 2 }, value);
  });
});

const below = (accounts: string, api: string) => [
  `${accounts}/authorize`,
  `${accounts}/api/token`,
  api,
];
