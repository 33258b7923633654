import assert from 'node:assert/strict';
import {
  type AuthorizationCode,
  type AuthorizationCodeOptions,
  type Fetch,
  InvalidResponseError,
  RateLimitError,
  ServerError,
} from '../../../src/auth/index.ts';
import { defaultFetch } from '../../../src/auth/node/undiciFetch.ts';
import {
  type App,
  type Fault,
  readyFaults,
  type Spotify,
  startSpotify,
} from '../../spotify/index.ts';
import { agreedCode, publicClient } from './publicClient.ts';

describe('the exchange of a code while Spotify is busy', () => {
  let spotify: Spotify;
  let app: App;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  });
  after(() => spotify.close());
  beforeEach(() => spotify.requests.clear());
  afterEach(() => {
    assert.deepEqual(spotify.faults.waiting, [], 'a fault was not met');
  });

  const codes = () => spotify.requests.to('token').map(({ form }) => form.get('code'));

  /** Asks the user for consent. Returns the code. */
  async function consent(
    options: AuthorizationCodeOptions = {},
  ): Promise<{ auth: AuthorizationCode; code: string }> {
    const redirectUri = 'http://127.0.0.1:5000/callback';
    const auth = publicClient(spotify, app, { redirectUri, maxRetries: 3, ...options });
    return { auth, code: await agreedCode(auth) };
  }
  const next = (...faults: Fault[]) => {
    for (const fault of faults) spotify.faults.next(1, { on: 'token', ...fault });
  };

  it('sends the same code again after the pause of a 429, and tells the pause', async () => {
    const { auth, code } = await consent();
    next(readyFaults.tooManyRequests(1), readyFaults.silentTooManyRequests);
    const pauses: number[] = [];
    assert.ok(await auth.exchangeCode(code, { onRateLimit: (ms) => pauses.push(ms) }));
    assert.deepEqual(codes(), [code, code, code]);
    assert.equal(pauses[0], 1000);
    assert.equal(pauses.length, 2);
  });

  it('does not wait longer than 30 s: the code would expire', async () => {
    const { auth, code } = await consent({ timeBudgetMs: 600_000 });
    next(readyFaults.tooManyRequests(31));
    const failed = auth.exchangeCode(code);
    await assert.rejects(failed, { name: 'RateLimitError', status: 429, retryAfterSeconds: 31 });
    assert.equal(codes().length, 1);
  });

  it('sends the code once more after a 5xx', async () => {
    const { auth, code } = await consent();
    next(readyFaults.upstreamConnectError);
    assert.ok(await auth.exchangeCode(code));
    assert.deepEqual(codes(), [code, code]);
    const failing = await consent();
    next(readyFaults.internalServerError, readyFaults.badGateway);
    await assert.rejects(failing.auth.exchangeCode(failing.code), { status: 502 });
  });

  it('reports the 5xx if Spotify had used up the code before', async () => {
    const { auth, code } = await consent();
    const headers = { 'Content-Type': 'application/json' };
    next(readyFaults.internalServerError, {
      status: 400,
      headers,
      body: '{"error":"invalid_grant"}',
    });
    await assert.rejects(auth.exchangeCode(code), (error) => {
      return error instanceof ServerError && error.status === 500 && !error.requiresSignIn;
    });
  });

  for (const [what, fault, kind] of [
    ['a long pause', readyFaults.tooManyRequests(3600), RateLimitError],
    ['a 5xx', readyFaults.serviceUnavailablePage, ServerError],
    [
      'a redirect',
      { status: 302, headers: { Location: 'http://portal.example/' } },
      InvalidResponseError,
    ],
  ] as const) {
    it(`keeps the code after ${what}`, async () => {
      const { auth, code } = await consent({ maxRetries: 0 });
      next(fault);
      await assert.rejects(auth.exchangeCode(code), kind);
      assert.ok(await auth.exchangeCode(code));
    });
  }

  for (const [who, client] of [
    ['the fetch of the host', (url, init) => fetch(url, init)],
    ['the fetch of undici', defaultFetch],
  ] as [string, Fetch][]) {
    it(`keeps the code after a proxy’s 407, by ${who}`, async () => {
      const { auth, code } = await consent({ maxRetries: 0, fetch: client });
      next({ status: 407, body: 'Proxy Authentication Required' });
      await assert.rejects(auth.exchangeCode(code), { mayHaveReachedServer: false });
      assert.ok(await auth.exchangeCode(code));
    });
  }

  it('keeps no code after a refusal, or if the answer may be lost', async () => {
    for (const fault of [
      { loseAnswer: true },
      { status: 400, body: '{"error":"invalid_grant"}' },
    ] as const) {
      const { auth, code } = await consent();
      next(fault);
      await assert.rejects(auth.exchangeCode(code));
      await assert.rejects(auth.exchangeCode(code), { name: 'ConfigurationError' });
    }
  });
});

describe('a 429 because the quota of the developer account is used up', () => {
  it('is not retried, and says that all apps wait', async () => {
    const spotify = await startSpotify();
    const app = spotify.addApp({ redirectUris: [] });
    spotify.faults.next(1, { on: 'token', ...readyFaults.quotaExceeded(1) });
    const auth = publicClient(spotify, app, { refreshToken: 'AQx', maxRetries: 3 });
    await assert.rejects(auth.getAccessToken(), (error) => {
      assert.ok(error instanceof RateLimitError && error.isQuotaExceeded);
      assert.deepEqual([error.status, error.retryAfterSeconds], [429, 1]);
      return error.message.includes('all its apps have to wait');
    });
    assert.equal(spotify.requests.count('token'), 1);
    await spotify.close();
  });
});
