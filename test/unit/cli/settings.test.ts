import assert from 'node:assert/strict';
import { readClientSettings, secretOfEnvironment } from '../../../src/cli/settings.ts';

/** About src/cli/settings.ts. */
describe('the client secret of the environment', () => {
  const { env } = process;
  beforeEach(() => (process.env = { ...env, SPOTIFY_SDK_CLIENT_SECRET: 'secret' }));
  afterEach(() => (process.env = env));

  for (const [named, server, expected] of [
    ['', '', 'secret'],
    ['mine', '', 'secret'],
    ['other', '', undefined],
    ['', 'http://127.0.0.1:8765', undefined],
    ['mine', 'http://127.0.0.1:8765', 'secret'],
    ['other', 'http://127.0.0.1:8765', undefined],
  ] as const) {
    const what = `${named ? `names ${named}` : 'names no app'}${server && ' and a test server'}`;
    it(`${expected ? 'counts' : 'does not count'} for the app “mine” if this ${what}`, async () => {
      process.env['SPOTIFY_SDK_CLIENT_ID'] = named;
      process.env['SPOTIFY_SDK_ACCOUNTS_URL'] = server;
      assert.equal(secretOfEnvironment(await readClientSettings({ clientId: 'mine' })), expected);
    });
  }
});
