import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { InMemoryTokenCache, type TokenCache, type TokenInfo } from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { agreedCode, publicClient } from './publicClient.ts';

const redirectUri = 'http://127.0.0.1/callback';

/** About src/auth/accessTokenSource.ts. */
describe('a cache that several processes share, with refresh tokens that rotate', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;
  let cache: InMemoryTokenCache;

  before(async () => {
    spotify = await startSpotify();
    spotify.behaviour.rotateRefreshTokens = true;
    spotify.behaviour.consent = { agreeAs: 'alva' };
    app = spotify.addApp({ redirectUris: [redirectUri] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
  });
  after(() => spotify.close());
  beforeEach(() => {
    spotify.requests.clear();
    spotify.faults.clear();
    cache = new InMemoryTokenCache();
    cache.set(expired());
  });

  const expired = (): TokenInfo => ({ ...spotify.tokens.issue(alva, app), expiresAt: 0 });
  const client = (tokenCache: TokenCache = cache, refreshToken?: string) =>
    publicClient(spotify, app, { tokenCache, redirectUri, refreshToken });
  const refreshes = () => spotify.requests.count('token', 'refresh_token');

  it('gives the one new token to all who race for it', async () => {
    const tokens = await Promise.all([1, 2, 3].map(() => client().getAccessToken()));
    assert.deepEqual([...new Set(tokens)], [cache.get()?.accessToken]);
  });

  it('is read again until the token of another process arrives', async () => {
    const used = cache.get();
    let reads = 0;
    const late: TokenCache = {
      get: () => (reads++ < 2 ? used : cache.get()),
      set: (token) => {
        cache.set(token);
      },
    };
    const theirs = await client().getAccessToken();
    assert.equal(await client(late).getAccessToken(), theirs);
  });

  it('refreshes with the newer refresh token if the newer access token has expired', async () => {
    const used = cache.get();
    let reads = 0;
    const late: TokenCache = {
      get: () => (reads++ === 0 ? used : cache.get()),
      set: (token) => {
        cache.set(token);
      },
    };
    await client().getAccessToken();
    const { refreshToken = '' } = cache.get() ?? {};
    cache.set({ accessToken: 'BQold', expiresAt: 0, refreshToken });
    assert.notEqual(await client(late).getAccessToken(), 'BQold');
  });

  it('leads to invalid_grant if no process has stored a newer token', async () => {
    cache.set({ accessToken: 'BQold', expiresAt: 0, refreshToken: 'AQdead' });
    await assert.rejects(client().getAccessToken(), { requiresSignIn: true });
    assert.equal(refreshes(), 1);
  });

  it('with a revoked refresh token lets the refresh token of the options be used', async () => {
    cache.set({ accessToken: 'BQold', expiresAt: 0, refreshToken: 'AQdead', scope: 'old' });
    const given = expired().refreshToken;
    const auth = client(cache, given);
    const token = await auth.getAccessToken();
    assert.equal(cache.get()?.accessToken, token);
    assert.notEqual(cache.get()?.scope, 'old');
  });

  it('has a revoked refresh token of the options sent only once', async () => {
    const auth = client(new InMemoryTokenCache(), 'AQdead');
    for (let call = 0; call < 2; call++) {
      await assert.rejects(auth.getAccessToken(), { requiresSignIn: true, error: 'invalid_grant' });
    }
    assert.equal(refreshes(), 1);
  });

  it('keeps the token of a sign-in when an older refresh ends after it', async () => {
    const auth = client();
    const code = await agreedCode(auth);
    spotify.faults.next(1, { on: 'token', delayMs: 200 });
    const refreshing = auth.getAccessToken();
    while (refreshes() === 0) await setImmediate();
    const { accessToken, refreshToken } = await auth.exchangeCode(code);
    assert.equal(await refreshing, accessToken);
    assert.equal(cache.get()?.refreshToken, refreshToken);
  });

  it('keeps the token of a sign-in while it still stores that of an older refresh', async () => {
    const writes: (() => void)[] = [];
    const slow: TokenCache = {
      get: () => cache.get(),
      set: async (token) => {
        const isFirst = writes.length === 0;
        const allowed = new Promise<void>((resolve) => writes.push(resolve));
        if (isFirst) await allowed;
        cache.set(token);
      },
    };
    const auth = client(slow);
    const code = await agreedCode(auth);
    const refreshing = auth.getAccessToken();
    while (writes.length === 0) await setImmediate();
    const exchange = auth.exchangeCode(code);
    // After Spotify's answer the token may not be stored yet.
    while (spotify.requests.count('token') < 2) await setImmediate();
    for (let i = 0; i < 100; i++) await setImmediate();
    writes[0]?.();
    const [{ refreshToken }] = await Promise.all([exchange, refreshing]);
    assert.equal(cache.get()?.refreshToken, refreshToken);
    assert.equal(await auth.getAccessToken(), cache.get()?.accessToken);
  });

  it('gets a rotated token again if it could not store it', async () => {
    let failures = 2;
    const broken: TokenCache = {
      get: () => cache.get(),
      set: (token) => {
        if (failures-- > 0) throw new Error('disk full');
        cache.set(token);
      },
    };
    const auth = client(broken);
    await assert.rejects(auth.getAccessToken(), /disk full/);
    await assert.rejects(auth.getAccessToken(), /disk full/);
    assert.equal(await auth.getAccessToken(), cache.get()?.accessToken);
    assert.equal(refreshes(), 1);
  });
});
