import assert from 'node:assert/strict';
import { mock } from 'node:test';
import {
  ClientCredentials,
  type ClientCredentialsOptions,
  endpointsAt,
  RateLimitError,
  ServerError,
} from '../../../src/auth/index.ts';
import { type App, readyFaults, type Spotify, startSpotify } from '../../spotify/index.ts';

/** In these tests pauses take no time. Pauses and limits of attempts are recorded. */
describe('the default limits', () => {
  let spotify: Spotify;
  let app: App;
  let pauses: number[];
  let attempts: number[];

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: [] });
  });
  after(() => spotify.close());
  beforeEach(() => {
    spotify.requests.clear();
    pauses = [];
    attempts = [];
    const { setTimeout } = globalThis;
    const note = (callback: (...args: unknown[]) => void, ms: number, ...args: unknown[]) => {
      const { stack = '' } = new Error();
      const isPause = /\bdelay \(/.test(stack);
      if (isPause) pauses.push(ms);
      if (stack.includes('new AttemptTimeout')) attempts.push(ms);
      return setTimeout(() => callback(...args), isPause ? 0 : ms);
    };
    mock.method(globalThis, 'setTimeout', note);
  });
  afterEach(() => mock.restoreAll());

  const client = (options: ClientCredentialsOptions = {}) =>
    new ClientCredentials({
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      endpoints: endpointsAt(spotify.accountsUrl),
      ...options,
    });
  /** Makes Spotify fail this often, while `Math.random` returns `random`. */
  const failing = (times: number, random = 0.5) => {
    mock.method(Math, 'random', () => random);
    spotify.faults.next(times, { on: 'token', ...readyFaults.upstreamConnectError });
  };

  it('are three retries, after pauses that double, and 30 s for each attempt', async () => {
    failing(4, 1);
    await assert.rejects(client().getAccessToken(), ServerError);
    assert.equal(spotify.requests.count('token'), 4);
    assert.deepEqual(pauses, [500, 1000, 2000]);
    assert.deepEqual(attempts, [30_000, 30_000, 30_000, 30_000]);
  });

  it('allow no pause longer than 8 s', async () => {
    failing(6, 1);
    assert.ok(await client({ maxRetries: 6 }).getAccessToken());
    assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 8000]);
  });

  it('make up to half of a pause random', async () => {
    failing(3, 0);
    assert.ok(await client().getAccessToken());
    assert.deepEqual(pauses, [250, 500, 1000]);
  });

  it('allow a minute for all attempts', async () => {
    spotify.faults.next(1, { on: 'token', ...readyFaults.tooManyRequests(59) });
    assert.ok(await client().getAccessToken());
    assert.deepEqual(pauses, [59_000]);
    spotify.faults.next(1, { on: 'token', ...readyFaults.tooManyRequests(60) });
    await assert.rejects(client().getAccessToken(), RateLimitError);
    assert.deepEqual(pauses, [59_000]);
  });

  it('make a token count as expired 30 s early', async () => {
    const uses = async (secondsLeft: number) => {
      const token = { accessToken: 'BQcached', expiresAt: Date.now() / 1000 + secondsLeft };
      const tokenCache = { get: () => token, set: () => undefined };
      return (await client({ tokenCache }).getAccessToken()) === 'BQcached';
    };
    assert.deepEqual([await uses(29), await uses(35)], [false, true]);
  });
});
