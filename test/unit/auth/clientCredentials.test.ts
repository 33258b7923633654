import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  ClientCredentials,
  type ClientCredentialsOptions,
  ConfigurationError,
  endpointsAt,
  InMemoryTokenCache,
  SpotifyAuthError,
} from '../../../src/auth/index.ts';
import {
  type App,
  type Fault,
  readyFaults,
  type Spotify,
  startSpotify,
} from '../../spotify/index.ts';

/** Returns all texts of an error that may reach a log, a report or a user. */
const shown = (error: unknown) =>
  [
    String(error),
    (error as Error).stack,
    JSON.stringify(error),
    ...(Object.values(error as Error) as unknown[]),
    inspect(error, { showHidden: true, depth: Infinity, maxStringLength: Infinity }),
  ].join('\n');

/** Returns a refusal with this description. */
const saying = (text: string): Fault => ({
  status: 400,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ error: 'invalid_client', error_description: `You sent: ${text}` }),
});

describe('ClientCredentials', () => {
  let spotify: Spotify;
  let app: App;

  before(async () => {
    spotify = await startSpotify();
    app = spotify.addApp({ redirectUris: [] });
  });
  after(() => spotify.close());
  beforeEach(() => {
    spotify.requests.clear();
    spotify.behaviour.expiresIn = 3600;
  });

  const client = (options: ClientCredentialsOptions = {}) =>
    new ClientCredentials({
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      endpoints: endpointsAt(spotify.accountsUrl),
      maxRetries: 0,
      ...options,
    });

  it('gets a token for the catalogue, with the secret in the header only', async () => {
    const accessToken = await client().getAccessToken();
    const found = await fetch(`${spotify.apiUrl}/v1/search?q=x&type=track`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    assert.equal(found.status, 200);
    const [request] = spotify.requests.to('token');
    const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64');
    assert.equal(request?.headers.authorization, `Basic ${basic}`);
    assert.equal(String(request.form), 'grant_type=client_credentials');
  });

  it('sends the secret in the form only with client_secret_post', async () => {
    const auth = client({ clientAuthentication: 'client_secret_post' });
    assert.ok(spotify.tokens.accessTokens.has(await auth.getAccessToken()));
    const [request] = spotify.requests.to('token');
    assert.ok(request);
    assert.equal(request.headers.authorization, undefined);
    assert.deepEqual(Object.fromEntries(request.form), {
      grant_type: 'client_credentials',
      client_id: app.clientId,
      client_secret: app.clientSecret,
    });
  });

  it('keeps the token until it expires, and sends one request for all callers at once', async () => {
    const auth = client();
    const tokens = await Promise.all(Array.from({ length: 1000 }, () => auth.getAccessToken()));
    assert.equal(new Set([...tokens, await auth.getAccessToken()]).size, 1);
    assert.equal(spotify.requests.count('token'), 1);
  });

  it('requests another token when it expires within the skew', async () => {
    spotify.behaviour.expiresIn = 60;
    const [patient, cautious] = [client(), client({ expirySkewSeconds: 61 })];
    for (const auth of [patient, patient, cautious, cautious]) await auth.getAccessToken();
    assert.equal(spotify.requests.count('token'), 3);
  });

  it('requests another token when the old one has expired', async () => {
    const tokenCache = new InMemoryTokenCache();
    const auth = client({ tokenCache });
    const first = await auth.getAccessToken();
    tokenCache.set({ accessToken: first, expiresAt: Date.now() / 1000 });
    assert.notEqual(await auth.getAccessToken(), first);
    assert.equal(spotify.requests.count('token'), 2);
  });

  it('reads its credentials from the environment', async () => {
    process.env['SPOTIFY_SDK_CLIENT_ID'] = app.clientId;
    process.env['SPOTIFY_SDK_CLIENT_SECRET'] = app.clientSecret;
    try {
      const endpoints = endpointsAt(spotify.accountsUrl);
      assert.ok(await new ClientCredentials({ endpoints }).getAccessToken());
    } finally {
      delete process.env['SPOTIFY_SDK_CLIENT_ID'];
      delete process.env['SPOTIFY_SDK_CLIENT_SECRET'];
    }
  });

  it('uses the token of the given cache', async () => {
    const tokenCache = new InMemoryTokenCache();
    tokenCache.set({ accessToken: 'BQcached', expiresAt: Date.now() / 1000 + 3600 });
    assert.equal(await client({ tokenCache }).getAccessToken(), 'BQcached');
    assert.equal(spotify.requests.count('token'), 0);
  });

  it('says that the secret is wrong, without showing it', async () => {
    const clientSecret = 'a-secret-of-somebody';
    const error = await client({ clientSecret })
      .getAccessToken()
      .then(
        () => assert.fail(),
        (reason: unknown) => reason as Error & { error: string },
      );
    assert.equal(error.error, 'invalid_client');
    const basic = Buffer.from(`${app.clientId}:${clientSecret}`).toString('base64');
    assert.equal(error.name, 'AuthenticationError');
    assert.ok(!shown(error).includes(clientSecret) && !shown(error).includes(basic));
  });

  const secretive = 'a+secret/of-"somebody"';
  const encoded = encodeURIComponent(secretive);
  // The library encodes more characters than a form requires.
  const sent = encoded.replace('-', '%2D');
  const basic = Buffer.from(`anApp:${sent}`).toString('base64');
  const failures: [string, Fault][] = [
    ['a 503', readyFaults.upstreamConnectError],
    ['a 429', readyFaults.tooManyRequests(99_999)],
    ['a lost connection', { reset: true }],
    ['a page', { status: 400, body: '<html></html>' }],
    ['a refusal that quotes it', saying(secretive)],
    ['a refusal that quotes it as it was encoded', saying(encoded)],
    ['a refusal that quotes it as it was sent', saying(sent)],
    ['a refusal that quotes the header', saying(`Basic ${basic}`)],
  ];
  for (const [what, fault] of failures) {
    it(`never shows the secret after ${what}`, async () => {
      for (const clientAuthentication of ['client_secret_basic', 'client_secret_post'] as const) {
        spotify.faults.next(1, { on: 'token', ...fault });
        const secret = { clientId: 'anApp', clientSecret: secretive, clientAuthentication };
        const error = await client(secret)
          .getAccessToken()
          .then(
            () => assert.fail(),
            (reason: unknown) => reason,
          );
        assert.ok(error instanceof SpotifyAuthError);
        const text = shown(error);
        const escaped = JSON.stringify(secretive).slice(1, -1);
        for (const form of [secretive, escaped, encoded, sent, basic]) {
          assert.ok(!text.includes(form), text);
        }
      }
    });
  }

  it('needs a secret', () => {
    assert.throws(() => client({ clientSecret: '' }), ConfigurationError);
    assert.throws(() => client({ clientId: '' }), ConfigurationError);
    assert.throws(() => new ClientCredentials(), ConfigurationError);
    assert.equal(spotify.requests.count('token'), 0);
  });

  it('can be closed, and used again', async () => {
    const auth = client();
    auth.close();
    assert.ok(await auth.getAccessToken());
  });
});
