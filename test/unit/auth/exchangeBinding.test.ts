import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import {
  AuthorizationCode,
  type AuthorizationCodeOptions,
  ConfigurationError,
  InvalidResponseError,
  RateLimitError,
  StateMismatchError,
} from '../../../src/auth/index.ts';
import {
  type App,
  readyFaults,
  type Spotify,
  startSpotify,
  type User,
} from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

const redirectUri = 'http://127.0.0.1:5000/callback';

/** About src/auth/pendingAuthorizations.ts. */
describe('which code verifier belongs to a code', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  });
  after(() => spotify.close());
  beforeEach(() => spotify.requests.clear());

  const client = () => publicClient(spotify, app, { redirectUri });
  const exchanges = () => spotify.requests.count('token');

  /** Returns the URL of the redirect, and the code in it. */
  async function visit(url: string): Promise<{ answer: string; code: string }> {
    const { headers } = await fetch(url, { redirect: 'manual' });
    const answer = headers.get('location') ?? '';
    return { answer, code: new URL(answer).searchParams.get('code') ?? '' };
  }

  it('is that of its state, once parsed', async () => {
    const auth = client();
    const [first, second] = [await auth.getAuthorizationUrl(), await auth.getAuthorizationUrl()];
    const [, { answer }] = [await visit(first), await visit(second)];
    assert.ok(await auth.exchangeCode(auth.parseResponseUrl(answer)));
  });

  it('is that of the given state, for a code whose response was not parsed', async () => {
    const auth = client();
    await auth.getAuthorizationUrl();
    const { code } = await visit(await auth.getAuthorizationUrl({ state: 'mine' }));
    assert.ok(await auth.exchangeCode(code, { state: 'mine' }));
  });

  it('is that of the only pending URL', async () => {
    const auth = client();
    const { code } = await visit(await auth.getAuthorizationUrl());
    assert.ok(await auth.exchangeCode(code));
  });

  it('is the given one, as after a restart of a web server', async () => {
    const codeVerifier = 'v'.repeat(43);
    const url = { state: 'mine', codeVerifier };
    const { answer } = await visit(await client().getAuthorizationUrl(url));
    const restarted = client();
    const code = restarted.parseResponseUrl(answer, { expectedState: 'mine' });
    assert.ok(await restarted.exchangeCode(code, { codeVerifier }));
  });

  it('serves once', async () => {
    const auth = client();
    const { answer } = await visit(await auth.getAuthorizationUrl({ state: 'mine' }));
    const code = auth.parseResponseUrl(answer);
    await auth.exchangeCode(code);
    for (const options of [{}, { state: 'mine' }]) {
      await assert.rejects(auth.exchangeCode(code, options), ConfigurationError);
    }
    assert.equal(exchanges(), 1);
  });

  it('stays known if an exchange names a code verifier of another URL', async () => {
    const [restarted, codeVerifier] = [client(), 'v'.repeat(43)];
    const early = await visit(await client().getAuthorizationUrl({ codeVerifier }));
    const late = await visit(await restarted.getAuthorizationUrl({ state: 'late' }));
    assert.ok(await restarted.exchangeCode(early.code, { codeVerifier }));
    assert.ok(await restarted.exchangeCode(late.code, { state: 'late' }));
  });

  it('must be valid, and the code not empty: else nothing is sent', async () => {
    const auth = client();
    for (const codeVerifier of ['', 'v'.repeat(42), 'v'.repeat(129), 'ä'.repeat(43)]) {
      await assert.rejects(auth.exchangeCode('AQx', { codeVerifier }), ConfigurationError);
      await assert.rejects(auth.getAuthorizationUrl({ codeVerifier }), ConfigurationError);
    }
    await assert.rejects(auth.getAuthorizationUrl({ state: '' }), ConfigurationError);
    await auth.getAuthorizationUrl();
    await assert.rejects(auth.exchangeCode(''), ConfigurationError);
    assert.equal(exchanges(), 0);
  });

  it('is forgotten after an exchange that names it', async () => {
    const auth = client();
    const { code } = await visit(
      await auth.getAuthorizationUrl({ state: 'mine', codeVerifier: 'v'.repeat(43) }),
    );
    await auth.exchangeCode(code, { state: 'mine', codeVerifier: 'v'.repeat(43) });
    await assert.rejects(auth.exchangeCode(code, { state: 'mine' }), ConfigurationError);
  });

  it('is not guessed: nothing is sent', async () => {
    const auth = client();
    await assert.rejects(auth.exchangeCode('AQx'), ConfigurationError);
    await auth.getAuthorizationUrl();
    await assert.rejects(auth.exchangeCode('AQx', { state: 'other' }), ConfigurationError);
    await auth.getAuthorizationUrl();
    await assert.rejects(auth.exchangeCode('AQx'), ConfigurationError);
    assert.equal(exchanges(), 0);
  });

  it('is forgotten when the provider is closed', async () => {
    const auth = client();
    const { answer } = await visit(await auth.getAuthorizationUrl());
    const code = auth.parseResponseUrl(answer);
    await auth.getAuthorizationUrl();
    auth.close();
    await assert.rejects(auth.exchangeCode(code), ConfigurationError);
    await assert.rejects(auth.exchangeCode('AQx'), ConfigurationError);
    assert.equal(exchanges(), 0);
  });

  it('stays known if a response is refused', async () => {
    const auth = client();
    await auth.getAuthorizationUrl({ state: 'mine' });
    assert.throws(() => auth.parseResponseUrl('?code=AQx&state=theirs'), StateMismatchError);
    assert.throws(() => auth.parseResponseUrl('?code=AQx'), StateMismatchError);
    assert.throws(
      () => auth.parseResponseUrl('?code=AQx&state=mine', { expectedState: 'another' }),
      StateMismatchError,
    );
    for (const twice of ['code=AQx&code=AQy&state=mine', 'code=AQx&state=mine&state=mine']) {
      assert.throws(() => auth.parseResponseUrl(twice), InvalidResponseError);
    }
    assert.equal(auth.parseResponseUrl('?code=AQx&state=mine'), 'AQx');
  });

  it('does not matter to the static parseResponseUrl, which checks expectedState only', () => {
    const url = `${redirectUri}?code=AQx&state=mine`;
    assert.equal(AuthorizationCode.parseResponseUrl(url, { expectedState: 'mine' }), 'AQx');
    // A web server whose session has expired passes undefined.
    const nothing = { expectedState: undefined } as unknown as { expectedState: string };
    for (const expected of [{ expectedState: 'other' }, nothing]) {
      assert.throws(() => AuthorizationCode.parseResponseUrl(url, expected), StateMismatchError);
      assert.throws(() => client().parseResponseUrl(url, expected), StateMismatchError);
    }
  });

  describe('an abort', () => {
    const reason = new Error('changed my mind');
    afterEach(() => spotify.faults.clear());

    async function parsed(options: AuthorizationCodeOptions = {}) {
      const auth = publicClient(spotify, app, { redirectUri, ...options });
      const { answer } = await visit(await auth.getAuthorizationUrl());
      return { auth, code: auth.parseResponseUrl(answer) };
    }

    it('before the request prevents it', async () => {
      let isSent = false;
      // A custom fetch may ignore signals.
      const deaf: typeof fetch = (url, init) => {
        isSent = true;
        return fetch(url, { ...init, signal: null });
      };
      const { auth, code } = await parsed({ fetch: deaf });
      await assert.rejects(auth.exchangeCode(code, { signal: AbortSignal.abort(reason) }), reason);
      assert.ok(!isSent);
    });

    it('ends a request that Spotify does not answer, without a retry', async () => {
      const { auth, code } = await parsed({ maxRetries: 3 });
      const controller = new AbortController();
      spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
      const exchange = auth.exchangeCode(code, { signal: controller.signal });
      while (exchanges() === 0) await setImmediate();
      controller.abort(reason);
      await assert.rejects(exchange, reason);
      assert.equal(exchanges(), 1);
    });

    it('ends the pause before the next attempt', async () => {
      const controller = new AbortController();
      let attempts = 0;
      const refused: typeof fetch = async () => {
        // Aborts after this attempt has failed, during the pause.
        if (++attempts === 2) void setImmediate().then(() => controller.abort(reason));
        const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
        return Promise.reject(new TypeError('fetch failed', { cause }));
      };
      const { auth, code } = await parsed({ maxRetries: 9, fetch: refused });
      await assert.rejects(auth.exchangeCode(code, { signal: controller.signal }), reason);
      assert.equal(attempts, 2);
    });
  });

  describe('between two attempts to refresh', () => {
    const client = (maxRetries: number) => {
      const { refreshToken } = spotify.tokens.issue(alva, app);
      return publicClient(spotify, app, { refreshToken, maxRetries });
    };
    const times = () => spotify.requests.to('token').map(({ at }) => at);

    it('the client waits for the date in Retry-After', async () => {
      const date = new Date(Date.now() + 3000).toUTCString();
      spotify.faults.next(1, { on: 'token', status: 429, headers: { 'Retry-After': date } });
      assert.ok(await client(1).getAccessToken());
      const [first = NaN, second = NaN] = times();
      assert.ok(first < Date.parse(date) && Date.parse(date) <= second);
    });

    it('the client does not wait for a date that is too far ahead', async () => {
      const date = new Date(Date.now() + 3_600_000).toUTCString();
      spotify.faults.next(1, { on: 'token', status: 429, headers: { 'Retry-After': date } });
      await assert.rejects(client(3).getAccessToken(), RateLimitError);
      assert.equal(exchanges(), 1);
    });

    for (const [what, fault] of [
      ['a 429 without Retry-After', readyFaults.silentTooManyRequests],
      ['a 503', readyFaults.upstreamConnectError],
      ['a lost connection', { reset: true }],
    ] as const) {
      it(`the pause after ${what} grows`, async () => {
        spotify.faults.next(3, { on: 'token', ...fault });
        assert.ok(await client(3).getAccessToken());
        const [first = NaN, second = NaN, third = NaN, fourth = NaN] = times();
        assert.ok(first < second && second < third);
        // Random parts may make neighbouring pauses equal, but not the first and the third.
        assert.ok(fourth - third > second - first);
      });
    }
  });
});
