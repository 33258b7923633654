import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  readClientSettings,
  readSettings,
  rememberSignIn,
  secretOfEnvironment,
} from '../../../src/cli/settings.ts';

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

/** About src/cli/settings.ts. */
describe('the redirect URI of the last sign-in', () => {
  const before = { ...process.env };
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'settings-'));
    // In the environment of the process itself: on macOS, the system looks for the home folder there.
    Object.assign(process.env, { XDG_CONFIG_HOME: folder, APPDATA: folder, HOME: folder });
  });
  afterEach(async () => {
    for (const name of ['XDG_CONFIG_HOME', 'APPDATA', 'HOME']) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
    await rm(folder, { recursive: true });
  });

  it('counts for the client ID of that sign-in only', async () => {
    const redirectUri = 'http://127.0.0.1:8888/mine';
    await rememberSignIn({ ...(await readClientSettings({ clientId: 'mine' })), redirectUri });
    assert.equal((await readSettings({})).redirectUri, redirectUri);
    assert.equal((await readSettings({ clientId: 'mine' })).redirectUri, redirectUri);
    const other = await readSettings({ clientId: 'other' });
    assert.equal(other.redirectUri, 'http://127.0.0.1/callback');
  });
});
