import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { AuthenticationError, ServerError } from '../../../src/auth/index.ts';
import { type App, type Fault, type Spotify, startSpotify } from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

describe('a refusal that is not JSON', () => {
  let spotify: Spotify;
  let app: App;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: [] });
  });
  after(() => spotify.close());

  const refreshToken = 'AQsecret of the user';

  async function failure(fault: Fault): Promise<unknown> {
    spotify.faults.next(1, { on: 'token', ...fault });
    const auth = publicClient(spotify, app, { refreshToken });
    return auth.getAccessToken().catch((reason: unknown) => reason);
  }

  for (const [body, kept] of [
    ['Access denied by policy 7.\n', 'Access denied by policy 7.'],
    [
      '<html><style>b { color: red }</style><h1>Blocked</h1>\n<p>Ask&nbsp;IT</p></html>',
      'Blocked Ask&nbsp;IT',
    ],
    [`You sent ${refreshToken}`, 'You sent ***'],
    ['{"error":"x","access_token":"BQshort', '{"error":"x","access_token":"***'],
    [`It was ${'BQ'.repeat(20)} today`, 'It was *** today'],
    ['word '.repeat(500), 'word '.repeat(40)],
    ['<'.repeat(1_000_000), '<'.repeat(200)],
    ['', undefined],
  ] as const) {
    it(`keeps its words, without secrets: ${body.slice(0, 40)}`, async () => {
      const error = await failure({ status: 403, body });
      assert.ok(error instanceof AuthenticationError && error.status === 403);
      assert.equal(error.body, kept);
      const broken = await failure({ status: 503, body });
      assert.ok(broken instanceof ServerError);
      assert.equal(broken.body, kept);
      assert.ok(!inspect([error, broken]).includes(refreshToken));
    });
  }
});

describe('a token that no header can carry', () => {
  for (const token of ['BQ x', 'BQ\nx', 'BQ\u0000', 'BQ€', 'BQ\u00e4', ' BQ']) {
    for (const field of ['access_token', 'refresh_token']) {
      it(`is an invalid response: ${JSON.stringify(token)} as ${field}`, async () => {
        const good = { access_token: 'BQ', token_type: 'Bearer', expires_in: 3600 };
        const auth = publicClient(
          { accountsUrl: 'http://127.0.0.1:1' } as Spotify,
          { clientId: 'a' } as App,
          {
            refreshToken: 'AQ',
            fetch: () => Promise.resolve(Response.json({ ...good, [field]: token })),
          },
        );
        await assert.rejects(auth.getAccessToken(), { code: 'invalid_response' });
      });
    }
  }
});
