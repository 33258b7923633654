import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import {
  type AuthorizationCode,
  type AuthorizationCodeOptions,
  ClientCredentials,
  endpointsAt,
  InMemoryTokenCache,
  type TokenCache,
  type TokenInfo,
} from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { agreedCode, publicClient } from './publicClient.ts';
import { warningsDuring } from './warnings.ts';

const redirectUri = 'http://127.0.0.1/callback';

/** About src/auth/accessTokenSource.ts. */
describe('a provider', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;

  before(async () => {
    spotify = await startSpotify();
    spotify.behaviour.consent = { agreeAs: 'alva' };
    app = spotify.addApp({ redirectUris: [redirectUri] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
  });
  after(() => spotify.close());
  beforeEach(() => {
    spotify.requests.clear();
    spotify.faults.clear();
  });

  const issued = (expiresAt: number): TokenInfo => ({
    ...spotify.tokens.issue(alva, app),
    expiresAt,
  });
  const requests = () => spotify.requests.count('token');
  const userOf = (options: AuthorizationCodeOptions) =>
    publicClient(spotify, app, { redirectUri, ...options });

  function cacheOf(token: TokenInfo): InMemoryTokenCache {
    const cache = new InMemoryTokenCache();
    cache.set(token);
    return cache;
  }

  async function signIn(auth: AuthorizationCode): Promise<TokenInfo> {
    return auth.exchangeCode(await agreedCode(auth));
  }

  const providers = {
    AuthorizationCode: (tokenCache?: TokenCache) =>
      userOf({ tokenCache: tokenCache ?? cacheOf(issued(4e9)) }),
    ClientCredentials: (tokenCache?: TokenCache) =>
      new ClientCredentials({
        clientId: app.clientId,
        clientSecret: app.clientSecret,
        endpoints: endpointsAt(spotify.accountsUrl),
        tokenCache,
      }),
  };

  for (const [name, make] of Object.entries(providers)) {
    describe(`of the class ${name}`, () => {
      it('renews a token that has not expired, with one request for all who wait', async () => {
        const auth = make();
        const first = await auth.getAccessToken();
        spotify.requests.clear();
        await Promise.all([1, 2, 3].map(() => auth.renew()));
        const second = await auth.getAccessToken();
        assert.notEqual(second, first);
        assert.equal(requests(), 1);
        await auth.renew(first);
        assert.equal(await auth.getAccessToken(), second, 'another caller has renewed that token');
        await auth.renew();
        assert.notEqual(await auth.getAccessToken(), second);
      });

      it('renews the token in the cache if it has returned none', async () => {
        const auth = make();
        await auth.renew();
        assert.ok(requests() > 0);
      });

      it('does not return the refused token from a call that began earlier', async () => {
        const token = { ...issued(4e9), ...(name === 'ClientCredentials' && { refreshToken: '' }) };
        const inner = cacheOf(token);
        const slow: TokenCache = {
          get: async () => {
            const found = inner.get();
            for (let i = 0; i < 10; i++) await setImmediate();
            return found;
          },
          set: (newer) => {
            inner.set(newer);
          },
        };
        const auth = make(slow);
        const earlier = auth.getAccessToken();
        await Promise.all([earlier, auth.renew(token.accessToken)]);
        assert.notEqual(await auth.getAccessToken(), token.accessToken);
      });

      it('rejects for an aborted signal at once, and lets other callers wait', async () => {
        const auth = make(name === 'AuthorizationCode' ? cacheOf(issued(0)) : undefined);
        await assert.rejects(
          auth.getAccessToken({ signal: AbortSignal.abort('no') }),
          (e) => e === 'no',
        );
        assert.equal(requests(), 0);
        spotify.faults.next(1, { on: 'token', delayMs: 300 });
        const giveUp = new AbortController();
        const other = auth.getAccessToken();
        const aborted = auth.getAccessToken({ signal: giveUp.signal });
        while (requests() === 0) await setImmediate();
        const before = performance.now();
        giveUp.abort('changed my mind');
        await assert.rejects(aborted, (error) => error === 'changed my mind');
        assert.ok(performance.now() - before < 200);
        assert.ok(spotify.tokens.accessTokens.has(await other));
        assert.equal(requests(), 1);
      });
    });
  }

  it('uses a newer token of another process in place of a refused one', async () => {
    const tokenCache = cacheOf(issued(4e9));
    const auth = userOf({ tokenCache });
    await auth.getAccessToken();
    tokenCache.set({ ...issued(4e9), accessToken: 'BQnewer' });
    await auth.renew();
    assert.equal(await auth.getAccessToken(), 'BQnewer');
    assert.equal(requests(), 0);
  });

  it('replaces a token at whichever moment of another call it is refused', async () => {
    for (let moment = 0; moment < 30; moment++) {
      const token = issued(4e9);
      const auth = userOf({ tokenCache: cacheOf(token) });
      const earlier = auth.getAccessToken();
      for (let ticks = 0; ticks < moment; ticks++) await Promise.resolve();
      await Promise.all([earlier, auth.renew(token.accessToken)]);
      assert.equal(requests(), moment + 1);
      assert.notEqual(await auth.getAccessToken(), token.accessToken);
    }
  });

  it('returns the refused token again if Spotify does, and does not ask at each call', async () => {
    const token = issued(4e9);
    const auth = userOf({ tokenCache: cacheOf(token) });
    const body = { access_token: token.accessToken, token_type: 'Bearer', expires_in: 3600 };
    spotify.faults.next(1, { on: 'token', status: 200, body: JSON.stringify(body) });
    await auth.renew(token.accessToken);
    for (let calls = 0; calls < 2; calls++) {
      assert.equal(await auth.getAccessToken(), token.accessToken);
    }
    assert.equal(requests(), 1);
  });

  it('tells once that the cache fails, until the cache has stored a token again', async () => {
    const told: unknown[] = [];
    const inner = cacheOf(issued(0));
    let isFull = true;
    const tokenCache: TokenCache = {
      get: () => inner.get(),
      set: (token) => {
        if (isFull) throw new Error('full');
        inner.set(token);
      },
    };
    const auth = userOf({ tokenCache, onCacheError: (error) => void told.push(error) });
    const renew = async () => auth.renew(await auth.getAccessToken());
    await renew();
    assert.equal(requests(), 2);
    assert.equal(told.length, 1);
    isFull = false;
    await renew();
    isFull = true;
    await renew();
    assert.equal(told.length, 2);
  });

  it('does not hand out an empty access token', async () => {
    const auth = userOf({ tokenCache: cacheOf({ ...issued(4e9), accessToken: '' }) });
    assert.ok(spotify.tokens.accessTokens.has(await auth.getAccessToken()));
  });

  it('tells onToken of each new token, when it is stored', async () => {
    const tokenCache = new InMemoryTokenCache();
    const told: TokenInfo[] = [];
    const onToken = (token: TokenInfo) => {
      assert.equal(tokenCache.get(), token);
      told.push(token);
    };
    const auth = userOf({ tokenCache, onToken });
    const signedIn = await signIn(auth);
    await auth.getAccessToken();
    await auth.renew();
    const renewed = await auth.getAccessToken();
    assert.deepEqual(told, [signedIn, tokenCache.get()]);
    assert.equal(told[1]?.accessToken, renewed);
    const appTokens: TokenInfo[] = [];
    const { clientId, clientSecret } = app;
    const endpoints = endpointsAt(spotify.accountsUrl);
    const options = { clientId, clientSecret, endpoints };
    const own = new ClientCredentials({
      ...options,
      onToken: (token) => void appTokens.push(token),
    });
    assert.equal(await own.getAccessToken(), appTokens[0]?.accessToken);
  });

  it('hides the token in the warning about a cache that failed', async () => {
    const given = issued(0);
    const broken: TokenCache = {
      get: () => given,
      set: (token) => Promise.reject(new Error(`SET ${JSON.stringify(token)}`)),
    };
    const auth = userOf({ tokenCache: broken });
    let token = '';
    const warned = await warningsDuring(async () => {
      token = await auth.getAccessToken();
      assert.equal(await auth.getAccessToken(), token);
    });
    assert.equal(requests(), 1);
    assert.equal(warned.length, 1);
    for (const secret of [token, given.refreshToken ?? '']) assert.ok(!warned[0]?.includes(secret));
  });

  it('says that the client secret is needed for the refresh token of a sign-in with one', async () => {
    const authorization = spotify.tokens.authorize(alva, app, [], true);
    const refreshToken = spotify.tokens.issueRefreshToken(authorization);
    await assert.rejects(userOf({ refreshToken }).getAccessToken(), {
      name: 'AuthenticationError',
      message: /client secret is needed/,
      error: 'invalid_request',
      status: 400,
      requiresSignIn: false,
    });
    const { clientSecret } = app;
    assert.ok(await userOf({ refreshToken, clientSecret }).getAccessToken());
  });
});
