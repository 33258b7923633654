import assert from 'node:assert/strict';
import { createFetch } from '../../../src/adapters/vscode.ts';
import { HeldTimers } from '../../integration/heldTimers.ts';
import { readyFaults, type Spotify, startSpotify } from '../../spotify/index.ts';
import { until } from '../sessions/until.ts';
import { API, CountingProvider, standInFetch } from './standInFetch.ts';

/** About createFetch in src/adapters/vscode.ts. */
describe('createFetch, after a 429', () => {
  let spotify: Spotify;
  let provider: CountingProvider;
  let spotifyFetch: typeof fetch;
  let timers: HeldTimers;

  before(async () => {
    spotify = await startSpotify();
  });
  after(() => spotify.close());
  beforeEach(() => {
    const app = spotify.addApp({ redirectUris: [] });
    const alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
    provider = new CountingProvider(() => spotify.tokens.issue(alva, app).accessToken);
    spotifyFetch = createFetch(provider, { fetch: standInFetch(spotify) });
    timers = new HeldTimers(1000);
  });
  afterEach(() => {
    timers[Symbol.dispose]();
    assert.deepEqual(spotify.faults.waiting, []);
    spotify.reset();
  });

  const me = (init?: RequestInit) => spotifyFetch(`${API}/v1/me`, init);
  /** Ends a pause of this many milliseconds once it has begun. Connections use 3000 and 4000. */
  const pass = async (ms: number) => {
    await until(() => timers.has(ms));
    timers.pass(ms);
  };
  const limited = (retryAfter: string) => ({
    on: 'me' as const,
    status: 429,
    headers: { 'Retry-After': retryAfter },
    body: 'Too many requests',
  });

  it('waits the seconds of Retry-After, and repeats the request', async () => {
    spotify.faults.next(1, { on: 'me', ...readyFaults.rateLimitExceeded(10) });
    const response = me();
    await pass(10_000);
    assert.equal((await response).status, 200);
    assert.equal(spotify.requests.count('me'), 2);
    assert.equal(provider.renewals, 0);
  });

  it('waits ten seconds in all, after any number of 429s', async () => {
    for (const seconds of [8, 2, 1]) {
      spotify.faults.next(1, { on: 'me', ...readyFaults.tooManyRequests(seconds) });
    }
    const response = me();
    await pass(8000);
    await pass(2000);
    assert.equal((await response).status, 429);
    assert.equal(await (await response).text(), 'Too many requests');
    assert.equal(spotify.requests.count('me'), 3);
  });

  it('does not repeat forever with a Retry-After of 0', async () => {
    spotify.faults.next(11, limited('0'));
    const response = me();
    for (let waits = 0; waits < 10; waits++) await pass(1000);
    assert.equal((await response).status, 429);
  });

  for (const retryAfter of ['11', '48925']) {
    it(`does not wait as long as ${retryAfter}`, async () => {
      spotify.faults.next(1, limited(retryAfter));
      const response = await me();
      assert.equal(await response.text(), 'Too many requests');
      assert.equal(response.headers.get('Retry-After'), retryAfter);
    });
  }

  for (const retryAfter of ['', 'soon', '-1', '1.5', '1 s', 'Thu, 01 Jan 1970 00:00:00 GMT']) {
    it(`does not wait for a Retry-After of “${retryAfter}”`, async () => {
      spotify.faults.next(1, limited(retryAfter));
      assert.equal((await me()).status, 429);
    });
  }

  it('does not wait after other errors', async () => {
    spotify.faults.next(1, { ...limited('1'), status: 503 });
    assert.equal((await me()).status, 503);
  });

  it('does not wait without Retry-After', async () => {
    spotify.faults.next(1, { on: 'me', ...readyFaults.silentTooManyRequests });
    assert.equal((await me()).status, 429);
  });

  it('gets the token again after the pause', async () => {
    spotify.faults.next(1, { on: 'me', ...readyFaults.tooManyRequests(9) });
    const response = me();
    await until(() => timers.has(9000));
    spotify.tokens.expireAccessTokens();
    await provider.renew();
    timers.pass(9000);
    assert.equal((await response).status, 200);
    assert.equal(provider.renewals, 1);
  });

  it('also renews the token after a 401, in either order', async () => {
    spotify.faults.next(1, limited('2'));
    spotify.faults.next(1, { on: 'me', status: 401 });
    spotify.faults.next(1, limited('2'));
    const response = me();
    await pass(2000);
    await pass(2000);
    assert.equal((await response).status, 200);
    assert.equal(spotify.requests.count('me'), 4);
    assert.equal(provider.renewals, 1);
  });

  it('cancels the bodies that are not read', async () => {
    const cancelled: number[] = [];
    const answers = [401, 302, 429, 429].map((status, index) => {
      const headers = { Location: '/v1/me', 'Retry-After': index === 2 ? '2' : '60' };
      const body = new ReadableStream({ cancel: () => void cancelled.push(index) });
      return new Response(body, { status, headers });
    });
    const last = answers.at(-1);
    const base = () => Promise.resolve(answers.shift() ?? Response.error());
    const response = createFetch(provider, { fetch: base })(`${API}/v1/me`);
    await pass(2000);
    assert.equal(await response, last);
    assert.deepEqual(cancelled, [0, 1, 2]);
  });

  describe('ends with the signal’s reason', () => {
    const reason = new Error('enough');

    it('if the signal has already aborted', async () => {
      await assert.rejects(me({ signal: AbortSignal.abort(reason) }), reason);
      assert.equal(spotify.requests.all.length, 0);
    });

    it('after the user has answered the dialog', async () => {
      const controller = new AbortController();
      provider.getAccessToken = () => {
        controller.abort(reason);
        return Promise.resolve('BQ');
      };
      await assert.rejects(me({ signal: controller.signal }), reason);
      assert.equal(spotify.requests.all.length, 0);
    });

    it('during the request, if the signal is that of a Request', async () => {
      spotify.faults.next(1, { on: 'me', delayMs: 60_000 });
      const controller = new AbortController();
      const response = spotifyFetch(new Request(`${API}/v1/me`, controller));
      await until(() => spotify.requests.count('me') === 1);
      controller.abort(reason);
      await assert.rejects(response, reason);
    });

    it('before the pause', async () => {
      const controller = new AbortController();
      const body = new ReadableStream({ cancel: () => controller.abort(reason) });
      const refusal = new Response(body, { status: 429, headers: { 'Retry-After': '9' } });
      const signing = createFetch(provider, { fetch: () => Promise.resolve(refusal) });
      await assert.rejects(signing(`${API}/v1/me`, { signal: controller.signal }), reason);
      assert.ok(!timers.has(9000));
    });

    it('during the pause, and leaves no timer', async () => {
      spotify.faults.next(1, { on: 'me', ...readyFaults.tooManyRequests(9) });
      const controller = new AbortController();
      const response = me({ signal: controller.signal });
      await until(() => timers.has(9000));
      controller.abort(reason);
      await assert.rejects(response, reason);
      assert.ok(!timers.has(9000));
      assert.equal(provider.asked, 1);
      assert.equal(spotify.requests.count('me'), 1);
    });
  });
});
