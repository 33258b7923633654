import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { AuthenticationError } from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify } from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

const codeVerifier = 'verifier-of-this-test-'.padEnd(43, 'v');

/** About src/auth/tokenEndpoint.ts. */
describe('the request that exchanges a code', () => {
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

  async function codeOf(url: string): Promise<string> {
    const { headers } = await fetch(url, { redirect: 'manual' });
    return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
  }

  it('has the redirect URI of its authorization URL, also with a given code verifier', async () => {
    const redirectUri = 'http://127.0.0.1:6000/callback';
    for (const instanceUri of [undefined, 'http://127.0.0.1:5000/callback']) {
      for (const given of [{}, { codeVerifier }, { state: 'mine' }]) {
        const auth = publicClient(spotify, app, { redirectUri: instanceUri });
        const url = { state: 'mine', codeVerifier, redirectUri };
        const code = await codeOf(await auth.getAuthorizationUrl(url));
        assert.ok(await auth.exchangeCode(code, given));
        assert.equal(spotify.requests.to('token').at(-1)?.form.get('redirect_uri'), redirectUri);
      }
    }
  });

  it('leaves code and verifier out of the error when the answer repeats them', async () => {
    const auth = publicClient(spotify, app, { redirectUri: 'http://127.0.0.1:5000/callback' });
    const code = await codeOf(await auth.getAuthorizationUrl({ codeVerifier }));
    const error_description = `${code} does not go with ${codeVerifier}`;
    const body = JSON.stringify({ error: 'invalid_grant', error_description, code });
    const headers = { 'Content-Type': 'application/json' };
    spotify.faults.next(1, { on: 'token', status: 400, headers, body });
    const error: unknown = await auth.exchangeCode(code).catch((reason: unknown) => reason);
    assert.ok(error instanceof AuthenticationError);
    assert.equal(error.errorDescription, '*** does not go with ***');
    const shown = [error.message, error.stack, JSON.stringify(error), inspect(error)].join();
    assert.ok(!shown.includes(code) && !shown.includes(codeVerifier), shown);
  });
});
