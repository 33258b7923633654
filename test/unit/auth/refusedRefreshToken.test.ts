import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type AuthenticationError,
  InMemoryTokenCache,
  type TokenInfo,
} from '../../../src/auth/index.ts';
import { falseInvalidGrant } from '../../spotify/control/readyFaults.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { agreedCode, publicClient } from './publicClient.ts';

const redirectUri = 'http://127.0.0.1/callback';
const HOUR_MS = 3_600_000;

/** About src/auth/rememberedRefusal.ts. */
describe('a refresh token in the cache that Spotify has refused', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;
  let cache: InMemoryTokenCache;
  let dead: TokenInfo;

  before(async () => {
    spotify = await startSpotify();
    spotify.behaviour.consent = { agreeAs: 'alva' };
    app = spotify.addApp({ redirectUris: [redirectUri] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
  });
  after(() => spotify.close());
  beforeEach(() => {
    dead = expired();
    spotify.tokens.revoke(alva, app);
    cache = new InMemoryTokenCache();
    cache.set(dead);
    spotify.requests.clear();
    spotify.faults.clear();
  });
  afterEach(() => mock.restoreAll());

  const expired = (): TokenInfo => ({ ...spotify.tokens.issue(alva, app), expiresAt: 0 });
  const client = () => publicClient(spotify, app, { tokenCache: cache, redirectUri });
  const refreshes = () => spotify.requests.count('token', 'refresh_token');
  const isAccepted = (token: string) => spotify.tokens.accessTokens.has(token);

  async function refusal(call: Promise<unknown>): Promise<AuthenticationError> {
    const error = (await call.catch((error: unknown) => error)) as AuthenticationError;
    assert.equal(error.error, 'invalid_grant');
    assert.match(error.message, /: invalid_grant\. The user has to sign in again\.$/);
    assert.ok(error.requiresSignIn);
    return error;
  }

  it('is sent once, and stays in the cache: later calls reject with the same error', async () => {
    const auth = client();
    const first = await refusal(auth.getAccessToken());
    for (const call of [() => auth.getAccessToken(), () => auth.renew(), () => auth.renew('BQ')]) {
      assert.equal(await refusal(call()), first);
    }
    assert.equal(refreshes(), 1);
    assert.equal(cache.get(), dead);
  });

  it('is sent again after an hour, since Spotify refuses good tokens during outages', async () => {
    cache.set(expired());
    const auth = client();
    spotify.faults.next(1, falseInvalidGrant);
    await refusal(auth.getAccessToken());
    const now = Date.now();
    const clock = mock.method(Date, 'now', () => now + HOUR_MS - 1000);
    await refusal(auth.getAccessToken());
    clock.mock.mockImplementation(() => now + HOUR_MS + 1000);
    assert.ok(isAccepted(await auth.getAccessToken()));
    assert.equal(refreshes(), 2);
  });

  it('is treated alike if it comes from the options', async () => {
    for (const tokenCache of [undefined, cache]) {
      spotify.requests.clear();
      spotify.faults.clear();
      // Both tokens are sent if the cache has one.
      const sent = tokenCache ? 2 : 1;
      const { refreshToken } = expired();
      const auth = publicClient(spotify, app, { tokenCache, refreshToken, redirectUri });
      spotify.faults.next(sent, falseInvalidGrant);
      const first = await refusal(auth.getAccessToken());
      assert.equal(await refusal(auth.getAccessToken()), first);
      assert.equal(refreshes(), sent);
      const now = Date.now();
      mock.method(Date, 'now', () => now + HOUR_MS + 1000);
      assert.ok(isAccepted(await auth.getAccessToken()));
      mock.restoreAll();
    }
  });

  it('is forgotten when another process has stored another one', async () => {
    const auth = client();
    await refusal(auth.getAccessToken());
    cache.set(expired());
    assert.ok(isAccepted(await auth.getAccessToken()));
    assert.equal(refreshes(), 2);
  });

  it('is sent again when another process has got an access token by it', async () => {
    cache.set(expired());
    const { refreshToken = '' } = cache.get() ?? {};
    const auth = client();
    spotify.faults.next(1, falseInvalidGrant);
    await refusal(auth.getAccessToken());
    cache.set({ accessToken: 'BQtheirs', expiresAt: 0, refreshToken });
    assert.ok(isAccepted(await auth.getAccessToken()));
  });

  it('is remembered, too, if it is the one that another process stored meanwhile', async () => {
    const other = expired();
    spotify.tokens.revoke(alva, app);
    let reads = 0;
    const get = () => (reads++ === 0 ? dead : other);
    const auth = publicClient(spotify, app, { tokenCache: { get, set: () => undefined } });
    await refusal(auth.getAccessToken());
    await refusal(auth.getAccessToken());
    assert.equal(refreshes(), 2);
  });

  describe('beside an access token that the Web API has refused', () => {
    const valid = (): TokenInfo => ({ ...expired(), expiresAt: Date.now() / 1000 + 3000 });

    it('leaves no access token that the next run would take for a valid one', async () => {
      const token = valid();
      cache.set(token);
      spotify.tokens.revoke(alva, app);
      const first = client();
      assert.equal(await first.getAccessToken(), token.accessToken);
      await refusal(first.renew(token.accessToken));
      await refusal(client().getAccessToken());
      assert.equal(refreshes(), 2);
      const { expiresAt = NaN, ...kept } = cache.get() ?? {};
      assert.ok(expiresAt <= Date.now() / 1000);
      assert.deepEqual({ ...kept, expiresAt: token.expiresAt }, token);
    });

    it('leaves an access token that has only come close to its end', async () => {
      const token = valid();
      cache.set(token);
      spotify.tokens.revoke(alva, app);
      const options = { tokenCache: cache, redirectUri, expirySkewSeconds: 3600 };
      await refusal(publicClient(spotify, app, options).getAccessToken());
      assert.equal(cache.get(), token);
    });

    it('leaves the newer access token of another process', async () => {
      const token = valid();
      const theirs = { ...token, accessToken: 'BQtheirs' };
      cache.set(token);
      spotify.tokens.revoke(alva, app);
      const auth = client();
      await auth.getAccessToken();
      spotify.faults.next(1, { on: 'token', answerDelayMs: 200 });
      const refused = refusal(auth.renew());
      while (refreshes() === 0) await delay(5);
      cache.set(theirs);
      await refused;
      assert.equal(cache.get(), theirs);
    });
  });

  it('is forgotten after a sign-in, also if Spotify returns the same one', async () => {
    const auth = client();
    await refusal(auth.getAccessToken());
    await auth.exchangeCode(await agreedCode(auth));
    assert.ok(isAccepted(await auth.getAccessToken()));
    cache.set(dead);
    await refusal(auth.getAccessToken());
    assert.equal(refreshes(), 2);
  });
});
