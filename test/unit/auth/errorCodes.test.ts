import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpotifyAuthError } from '../../../src/auth/index.ts';
import {
  type App,
  type Fault,
  readyFaults,
  type Spotify,
  startSpotify,
} from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

/** About src/auth/errors.ts. */
describe('the code and the name of an error', () => {
  let spotify: Spotify;
  let app: App;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: [] });
  });
  after(() => spotify.close());

  const client = () => publicClient(spotify, app, { refreshToken: 'AQx' });
  const json = { 'Content-Type': 'application/json' };
  const refusal = { status: 400, headers: json, body: '{"error":"invalid_client"}' };

  const faults: [string, string, Fault][] = [
    ['AuthenticationError', 'authentication', refusal],
    ['InvalidResponseError', 'invalid_response', { status: 200, headers: json, body: '{}' }],
    ['ServerError', 'server', readyFaults.serviceUnavailablePage],
    ['RateLimitError', 'rate_limit', readyFaults.silentTooManyRequests],
    ['ConnectionError', 'connection', { reset: true }],
  ];
  for (const [name, code, fault] of faults) {
    it(`are ${name} and "${code}", in its JSON form, too`, async () => {
      spotify.faults.next(1, { on: 'token', ...fault });
      const failed = client().getAccessToken();
      await assert.rejects(failed, (error) => {
        assert.ok(error instanceof SpotifyAuthError && error instanceof Error);
        const parsed = JSON.parse(JSON.stringify(error)) as object;
        const expected = { name, code, requiresSignIn: false };
        assert.deepEqual({ ...parsed, ...expected }, parsed);
        return error.message !== '' && String(error).startsWith(`${name}: `);
      });
    });
  }

  it('are ConfigurationError and "configuration" for an invalid option', async () => {
    await assert.rejects(client().exchangeCode('AQx'), {
      name: 'ConfigurationError',
      code: 'configuration',
      requiresSignIn: false,
    });
  });

  it('are those of an invalid response for a redirect, which is not followed', async () => {
    let visits = 0;
    const elsewhere = createServer((_, answer) => {
      visits++;
      answer.end();
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    const headers = { Location: `http://127.0.0.1:${port}/` };
    spotify.faults.next(1, { on: 'token', status: 307, headers, body: '' });
    await assert.rejects(client().getAccessToken(), { code: 'invalid_response', status: 307 });
    assert.equal(visits, 0);
    elsewhere.close();
  });
});
