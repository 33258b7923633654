import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  FileTokenCache,
  InMemoryTokenCache,
  type TokenCache,
  type TokenInfo,
} from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

/** About src/auth/accessTokenSource.ts. */
describe('many callers at once', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
  });
  after(() => spotify.close());
  beforeEach(() => {
    spotify.requests.clear();
    spotify.behaviour.rotateRefreshTokens = true;
  });

  const expired = (): TokenInfo => ({ ...spotify.tokens.issue(alva, app), expiresAt: 0 });
  const refreshes = () => spotify.requests.count('token', 'refresh_token');

  async function expiredCache(): Promise<TokenCache> {
    const tokenCache = new InMemoryTokenCache();
    tokenCache.set(expired());
    return Promise.resolve(tokenCache);
  }

  it('make one request for an expired token, and share its answer', async () => {
    const auth = publicClient(spotify, app, { tokenCache: await expiredCache() });
    const tokens = await Promise.all(Array.from({ length: 1000 }, () => auth.getAccessToken()));
    assert.equal(new Set(tokens).size, 1);
    assert.equal(refreshes(), 1);
  });

  it('make no request when another process has stored a fresh token', async () => {
    const tokenCache = await expiredCache();
    const auth = publicClient(spotify, app, { tokenCache });
    await auth.getAccessToken();
    await tokenCache.set({ accessToken: 'BQfresh', expiresAt: Date.now() / 1000 + 3600 });
    spotify.requests.clear();
    assert.equal(await auth.getAccessToken(), 'BQfresh');
    assert.equal(refreshes(), 0);
  });

  it('read the cache first, which another process may have changed', async () => {
    const tokenCache = await expiredCache();
    const [auth, other] = [1, 2].map(() => publicClient(spotify, app, { tokenCache }));
    const theirs = await other?.getAccessToken();
    assert.equal(await auth?.getAccessToken(), theirs);
    assert.equal(refreshes(), 1);
  });

  it('get an access token only when its refresh token is stored', async () => {
    const inner = new InMemoryTokenCache();
    inner.set(expired());
    let isStored = false;
    const first = inner.get()?.refreshToken;
    const slow: TokenCache = {
      get: () => inner.get(),
      set: async (token) => {
        for (let i = 0; i < 100; i++) await setImmediate();
        inner.set(token);
        isStored = true;
      },
    };
    const auth = publicClient(spotify, app, { tokenCache: slow });
    await Promise.all(
      [1, 2, 3].map(async () => {
        await auth.getAccessToken();
        assert.ok(isStored);
        const stored = inner.get()?.refreshToken ?? '';
        assert.ok(stored !== first && spotify.tokens.refreshTokens.has(stored));
      }),
    );
  });

  it('get an error when a new refresh token cannot be stored, and may try again', async () => {
    const tokenCache = await expiredCache();
    let failures = 1;
    const broken: TokenCache = {
      get: () => tokenCache.get(),
      set: (token) => {
        if (failures-- > 0) throw new Error('disk full');
        return tokenCache.set(token);
      },
    };
    const auth = publicClient(spotify, app, { tokenCache: broken });
    await assert.rejects(auth.getAccessToken(), /disk full/);
    assert.ok(await auth.getAccessToken());
  });

  it('share one file in several processes', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'shared-cache-'));
    const file = path.join(folder, 'token.json');
    const library = new URL('../../../src/auth/index.ts', import.meta.url).href;
    const script = `
      const [library, accountsUrl, clientId, path] = process.argv.slice(1);
      const { AuthorizationCode, endpointsAt, FileTokenCache } = await import(library);
      const tokenCache = new FileTokenCache({ path });
      const endpoints = endpointsAt(accountsUrl);
      const auth = new AuthorizationCode({ clientId, clientSecret: null, endpoints, tokenCache });
      console.log(await auth.getAccessToken());
    `;
    const args = ['--input-type=module', '--eval', script, library];
    const anotherProcess = async () => {
      const more = [spotify.accountsUrl, app.clientId, file];
      return (await promisify(execFile)(process.execPath, [...args, ...more])).stdout.trim();
    };
    const cache = new FileTokenCache({ path: file });
    await cache.set(expired());
    const one = await anotherProcess();
    assert.equal(await anotherProcess(), one, 'the second did not find the token of the first');
    assert.equal(refreshes(), 1);

    spotify.behaviour.rotateRefreshTokens = false;
    await cache.set(expired());
    const tokens = await Promise.all([1, 2, 3, 4].map(anotherProcess));
    for (const token of tokens) assert.ok(spotify.tokens.accessTokens.has(token));
    assert.ok(tokens.includes((await cache.get())?.accessToken ?? ''));
    assert.deepEqual(await readdir(folder), ['token.json']);
    await rm(folder, { recursive: true });
  });

  it('never leave a part of a token in a shared file', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'shared-cache-'));
    const cache = () => new FileTokenCache({ path: path.join(folder, 'token.json') });
    await cache().set(expired());
    spotify.behaviour.rotateRefreshTokens = false;
    const clients = Array.from({ length: 10 }, () =>
      publicClient(spotify, app, { tokenCache: cache() }),
    );
    await Promise.all(clients.map((auth) => auth.getAccessToken()));
    const stored = await cache().get();
    assert.ok(stored && spotify.tokens.accessTokens.has(stored.accessToken));
    for (const auth of clients) assert.equal(await auth.getAccessToken(), stored.accessToken);
    await rm(folder, { recursive: true });
  });
});
