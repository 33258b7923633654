import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import {
  AuthenticationError,
  InMemoryTokenCache,
  type TokenCache,
  type TokenInfo,
} from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

const redirectUri = 'http://127.0.0.1/callback';

describe('a cache that others write to, with refresh tokens that rotate', () => {
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

  it('is given time to take the token that another has just been given', async () => {
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

  it('refreshes with the newer refresh token where its access token has expired, too', async () => {
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

  it('says invalid_grant where nobody has stored a newer token', async () => {
    cache.set({ accessToken: 'BQold', expiresAt: 0, refreshToken: 'AQdead' });
    await assert.rejects(client().getAccessToken(), { requiresSignIn: true });
    assert.equal(refreshes(), 1);
  });

  it('does not hide the refresh token given to the provider behind its own dead one', async () => {
    cache.set({ accessToken: 'BQold', expiresAt: 0, refreshToken: 'AQdead', scope: 'old' });
    const given = expired().refreshToken;
    const auth = client(cache, given);
    const token = await auth.getAccessToken();
    assert.equal(cache.get()?.accessToken, token);
    assert.notEqual(cache.get()?.scope, 'old');
  });

  it('asks with a dead token given to the provider once', async () => {
    const auth = client(new InMemoryTokenCache(), 'AQdead');
    await assert.rejects(auth.getAccessToken(), (error) => {
      return error instanceof AuthenticationError && error.error === 'invalid_grant';
    });
    await assert.rejects(auth.getAccessToken(), { requiresSignIn: true, error: undefined });
    assert.equal(refreshes(), 1);
  });

  it('keeps the newer consent when a refresh of the older one ends after it', async () => {
    const auth = client();
    const { headers } = await fetch(await auth.getAuthorizationUrl(), { redirect: 'manual' });
    const code = auth.parseResponseUrl(headers.get('location') ?? '');
    spotify.faults.next(1, { on: 'token', delayMs: 200 });
    const refreshing = auth.getAccessToken();
    while (refreshes() === 0) await setImmediate();
    const { accessToken, refreshToken } = await auth.exchangeCode(code);
    assert.equal(await refreshing, accessToken);
    assert.equal(cache.get()?.refreshToken, refreshToken);
  });

  it('keeps the newer consent though the cache is still taking the refreshed token of the older', async () => {
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
    const { headers } = await fetch(await auth.getAuthorizationUrl(), { redirect: 'manual' });
    const code = auth.parseResponseUrl(headers.get('location') ?? '');
    const refreshing = auth.getAccessToken();
    while (writes.length === 0) await setImmediate();
    const exchange = auth.exchangeCode(code);
    // Once Spotify has answered, the token may be on its way to the cache.
    while (spotify.requests.count('token') < 2) await setImmediate();
    for (let i = 0; i < 100; i++) await setImmediate();
    writes[0]?.();
    const [{ refreshToken }] = await Promise.all([exchange, refreshing]);
    assert.equal(cache.get()?.refreshToken, refreshToken);
    assert.equal(await auth.getAccessToken(), cache.get()?.accessToken);
  });

  it('is offered a rotated token again when it could not take it', async () => {
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
