import assert from 'node:assert/strict';
import { InMemoryTokenCache, type TokenCache, type TokenInfo } from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

/** About src/auth/accessTokenSource.ts. */
describe('a custom cache', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: [] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
  });
  after(() => spotify.close());

  const refreshToken = () => spotify.tokens.issue(alva, app).refreshToken;
  const isAccepted = (accessToken: string) => spotify.tokens.accessTokens.has(accessToken);

  /** A cache with an initial value that its type forbids, but real stores return. */
  function beginningWith(content: object | null): TokenCache {
    let token = content as TokenInfo | undefined;
    return { get: () => token, set: (newer) => void (token = newer) };
  }

  it('may return null instead of undefined', async () => {
    const empty = { tokenCache: beginningWith(null) };
    await assert.rejects(publicClient(spotify, app, empty).getAccessToken(), {
      name: 'AuthenticationError',
      requiresSignIn: true,
    });
    const auth = publicClient(spotify, app, { ...empty, refreshToken: refreshToken() });
    assert.ok(isAccepted(await auth.getAccessToken()));
  });

  it('may return null when a newer token is looked for', async () => {
    const tokenCache = beginningWith(null);
    const auth = publicClient(spotify, app, { tokenCache, refreshToken: 'AQdead' });
    await assert.rejects(auth.getAccessToken(), { error: 'invalid_grant' });
  });

  it('may lose expiresAt: the token then counts as expired', async () => {
    const tokenCache = beginningWith({ accessToken: 'BQold', refreshToken: refreshToken() });
    assert.ok(isAccepted(await publicClient(spotify, app, { tokenCache }).getAccessToken()));
  });

  it('may have an empty refresh token: the option is used then', async () => {
    const tokenCache = beginningWith({ accessToken: 'BQold', expiresAt: 0, refreshToken: '' });
    const auth = publicClient(spotify, app, { tokenCache, refreshToken: refreshToken() });
    assert.ok(isAccepted(await auth.getAccessToken()));
  });

  it('may fail to store: no token that was refused is returned again', async () => {
    const token = { ...spotify.tokens.issue(alva, app), expiresAt: 4e9 };
    const tokenCache: TokenCache = {
      get: () => token,
      set: () => Promise.reject(new Error('full')),
    };
    const auth = publicClient(spotify, app, { tokenCache, onCacheError: () => undefined });
    const refused = new Set<string>();
    for (let calls = 0; calls < 3; calls++) {
      refused.add(await auth.getAccessToken());
      await auth.renew();
    }
    assert.equal(refused.size, 3);
  });

  it('keeps the refresh token of the options for the next run of the program', async () => {
    const tokenCache = new InMemoryTokenCache();
    const given = refreshToken();
    await publicClient(spotify, app, { tokenCache, refreshToken: given }).getAccessToken();
    assert.equal(tokenCache.get()?.refreshToken, given);
  });
});
