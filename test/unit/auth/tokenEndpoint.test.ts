import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  AuthenticationError,
  type AuthorizationCode,
  type AuthorizationCodeOptions,
  ConnectionError,
  endpointsAt,
  InvalidResponseError,
  RateLimitError,
  ServerError,
} from '../../../src/auth/index.ts';
import { type App, readyFaults, type Spotify, startSpotify } from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

describe('TokenEndpoint', () => {
  let spotify: Spotify;
  let app: App;
  let refreshToken: string;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: ['http://127.0.0.1/callback'] });
    const alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
    refreshToken = spotify.tokens.issue(alva, app).refreshToken;
  });
  after(() => spotify.close());
  beforeEach(() => spotify.requests.clear());
  afterEach(() => {
    assert.deepEqual(spotify.faults.waiting, [], 'a fault was not met');
  });

  /** Returns a client whose first `getAccessToken` sends a request to the token endpoint. */
  const client = (options: AuthorizationCodeOptions = {}) =>
    publicClient(spotify, app, { refreshToken, ...options });

  describe('after a transient error, a client', () => {
    it('repeats the request: after two 503s, and a Retry-After of a second', async () => {
      const auth = client({ maxRetries: 3 });
      spotify.faults.next(2, { on: 'token', ...readyFaults.upstreamConnectError });
      spotify.faults.next(1, { on: 'token', ...readyFaults.tooManyRequests(1) });
      assert.ok(await auth.getAccessToken());
      assert.equal(spotify.requests.count('token'), 4);
    });

    it('waits until the date in Retry-After, or for some time if there is none', async () => {
      const headers = { 'Retry-After': new Date(Date.now() + 1000).toUTCString() };
      spotify.faults.next(1, { on: 'token', status: 429, headers });
      spotify.faults.next(1, { on: 'token', ...readyFaults.silentTooManyRequests });
      assert.ok(await client({ maxRetries: 2 }).getAccessToken());
      assert.equal(spotify.requests.count('token'), 3);
    });

    it('repeats the request maxRetries times at most', async () => {
      spotify.faults.next(2, { on: 'token', ...readyFaults.upstreamConnectError });
      assert.ok((await failure(client({ maxRetries: 1 }))) instanceof ServerError);
      assert.equal(spotify.requests.count('token'), 2);
    });

    it('does not exceed the time budget of all attempts', async () => {
      spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
      const error = await failure(client({ timeBudgetMs: 50, maxRetries: 3 }));
      assert.ok(error instanceof ConnectionError);
      assert.equal(spotify.requests.count('token'), 1);
    });

    for (const [retryAfter, seconds] of [
      ['7', 7],
      ['1.5', 1.5],
      ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
      ['-1', undefined],
      ['2030', 2030],
      ['2030-01-01', undefined],
      ['soon', undefined],
      ['', undefined],
    ] as const) {
      it(`reports the seconds of Retry-After: ${JSON.stringify(retryAfter)}`, async () => {
        const headers = { 'Retry-After': retryAfter };
        spotify.faults.next(1, { on: 'token', status: 429, headers });
        const error = await failure(client());
        assert.ok(error instanceof RateLimitError);
        assert.equal(error.retryAfterSeconds, seconds);
        assert.doesNotMatch(error.message, /-\d/);
      });
    }

    it('gives up at once when Spotify asks for hours', async () => {
      const auth = client({ maxRetries: 3 });
      spotify.faults.next(1, { on: 'token', ...readyFaults.quotaExceeded(48_925) });
      await assert.rejects(auth.getAccessToken(), (error) => {
        return error instanceof RateLimitError && error.retryAfterSeconds === 48_925;
      });
      assert.equal(spotify.requests.count('token'), 1);
    });
  });

  describe('an invalid answer', () => {
    const json = { 'Content-Type': 'application/json' };
    const answers: [string, { headers?: object; body: string }, RegExp][] = [
      [
        'a page',
        { headers: { 'Content-Type': 'text/html' }, body: '<html></html>' },
        /a page instead/,
      ],
      ['text', { body: 'OK' }, /not JSON/],
      ['half a document', { body: '{"access_token":"BQsecret' }, /not JSON/],
      ['a list', { body: '[]' }, /not a JSON object/],
      ['no access token', { body: '{"token_type":"Bearer","expires_in":1}' }, /access_token/],
      ['a number for it', { body: '{"access_token":1,"token_type":"Bearer"}' }, /access_token/],
      ['no token type', { body: '{"access_token":"BQsecret","expires_in":1}' }, /token_type/],
      ['another token type', { body: answer({ token_type: 'mac' }) }, /token_type/],
      ['no lifetime', { body: '{"access_token":"BQsecret","token_type":"bearer"}' }, /expires_in/],
      ['a negative lifetime', { body: answer({ expires_in: -1 }) }, /expires_in/],
      ['an absurd lifetime', { body: answer({ expires_in: 1e12 }) }, /expires_in/],
      ['a word for a lifetime', { body: answer({ expires_in: 'soon' }) }, /expires_in/],
      ['a number for the refresh token', { body: answer({ refresh_token: 1 }) }, /refresh_token/],
      ['a list for a scope', { body: answer({ scope: ['a'] }) }, /scope/],
      ['over 1 MiB', { body: answer({ padding: 'x'.repeat(1024 * 1024) }) }, /not JSON/],
    ];
    for (const [what, { headers = json, body }, message] of answers) {
      it(`of ${what} is named in the error, without its content`, async () => {
        spotify.faults.next(1, { on: 'token', status: 200, headers: { ...headers }, body });
        const error = await failure(client());
        assert.ok(error instanceof InvalidResponseError);
        assert.match(error.message, message);
        assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /BQsecret/);
      });
    }

    it('of 5xx is a ServerError, a broken connection a ConnectionError with its cause', async () => {
      spotify.faults.next(1, { on: 'token', ...readyFaults.serviceUnavailablePage });
      const failed = await failure(client());
      assert.ok(failed instanceof ServerError && failed.status === 503);
      spotify.faults.next(1, { on: 'token', reset: true });
      const error = await failure(client());
      assert.ok(error instanceof ConnectionError && error.cause instanceof Error);
    });

    it('of a server without TLS is a ConnectionError with its cause', async () => {
      const endpoints = endpointsAt(spotify.accountsUrl.replace('http:', 'https:'));
      const error = await failure(client({ endpoints }));
      assert.ok(error instanceof ConnectionError);
      assert.match(inspect(error.cause), /SSL/);
    });

    it('that does not come in time is a ConnectionError', async () => {
      spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
      const error = await failure(client({ timeoutMs: 500 }));
      assert.ok(error instanceof ConnectionError);
      assert.match(error.message, /500 ms/);
    });

    it('that does not come in time is a ConnectionError also if fetch ignores signals', async () => {
      const deaf: typeof fetch = (url, init) => fetch(url, { ...init, signal: null });
      spotify.faults.next(1, { on: 'token', delayMs: 60_000 });
      const error = await failure(client({ timeoutMs: 500, fetch: deaf }));
      assert.ok(error instanceof ConnectionError);
      assert.match(error.message, /500 ms/);
    });

    it('with tokens in a refusal is an error without them', async () => {
      const tokens = { access_token: 'BQ-somebody', nested: { refresh_token: 'AQ-somebody' } };
      const others = {
        accessToken: 'BQ-somebody',
        tokens: ['AQ-somebody'],
        id_token: { a: 'somebody' },
      };
      const secrets = { client_secret: 'somebody', code_verifier: 'somebody' };
      const body = JSON.stringify({ error: 'server_error', ...tokens, ...others, ...secrets });
      spotify.faults.next(1, { on: 'token', status: 400, headers: json, body });
      const error = await failure(client());
      assert.ok(error instanceof AuthenticationError && error.error === 'server_error');
      assert.ok(!inspect(error).includes('somebody'), inspect(error));
    });

    it('that is nested deeply is still a refusal', async () => {
      const body = `{"error":"invalid_grant","a":${'['.repeat(2e5)}${']'.repeat(2e5)}}`;
      spotify.faults.next(1, { on: 'token', status: 400, headers: json, body });
      const error = await failure(client());
      assert.ok(error instanceof AuthenticationError && error.error === 'invalid_grant');
    });

    it('that repeats the request is an error without its secrets', async () => {
      const refreshToken = 'AQrefresh-token-of-a-person';
      const body = JSON.stringify({ error: 'invalid_grant', error_description: refreshToken });
      spotify.faults.next(1, { on: 'token', status: 400, headers: json, body });
      const error = await failure(client({ refreshToken }));
      assert.ok(error instanceof AuthenticationError);
      assert.equal(error.body, '{"error":"invalid_grant","error_description":"***"}');
      const shown = [error.message, error.stack, JSON.stringify(error), inspect(error)].join();
      assert.ok(!shown.includes(refreshToken), shown);
    });
  });
});
function answer(fields: object): string {
  return JSON.stringify({
    access_token: 'BQsecret',
    token_type: 'Bearer',
    expires_in: 3600,
    ...fields,
  });
}

async function failure(auth: AuthorizationCode): Promise<unknown> {
  try {
    await auth.getAccessToken();
  } catch (error) {
    return error;
  }
  return assert.fail('it did not fail');
}
