import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  ClientCredentials,
  type ClientCredentialsOptions,
  ConfigurationError,
  endpointsAt,
  InMemoryTokenCache,
} from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify } from '../../spotify/index.ts';

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

  it('gets a token that opens the catalogue, with the secret in the header alone', async () => {
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

  it('keeps the token as long as it lasts, and asks once for however many callers', async () => {
    const auth = client();
    const tokens = await Promise.all(Array.from({ length: 1000 }, () => auth.getAccessToken()));
    assert.equal(new Set([...tokens, await auth.getAccessToken()]).size, 1);
    assert.equal(spotify.requests.count('token'), 1);
  });

  it('asks for another token when less than the skew is left', async () => {
    spotify.behaviour.expiresIn = 60;
    const [patient, cautious] = [client(), client({ expirySkewSeconds: 61 })];
    for (const auth of [patient, patient, cautious, cautious]) await auth.getAccessToken();
    assert.equal(spotify.requests.count('token'), 3);
  });

  it('uses the token of the cache it is given', async () => {
    const tokenCache = new InMemoryTokenCache();
    tokenCache.set({ accessToken: 'BQcached', expiresAt: Date.now() / 1000 + 3600 });
    assert.equal(await client({ tokenCache }).getAccessToken(), 'BQcached');
    assert.equal(spotify.requests.count('token'), 0);
  });

  it('says so when the secret is wrong, without telling it', async () => {
    const clientSecret = 'a-secret-of-somebody';
    const error = await client({ clientSecret })
      .getAccessToken()
      .then(
        () => assert.fail(),
        (reason: unknown) => reason as Error & { error: string },
      );
    assert.equal(error.error, 'invalid_client');
    const basic = Buffer.from(`${app.clientId}:${clientSecret}`).toString('base64');
    const shown = [error.stack, JSON.stringify(error), inspect(error, { showHidden: true })].join();
    assert.ok(!shown.includes(clientSecret) && !shown.includes(basic));
  });

  it('needs a secret', () => {
    assert.throws(() => client({ clientSecret: '' }), ConfigurationError);
    assert.throws(() => new ClientCredentials(), ConfigurationError);
  });

  it('can be closed, and used again', async () => {
    const auth = client();
    auth.close();
    assert.ok(await auth.getAccessToken());
  });
});
