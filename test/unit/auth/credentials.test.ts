import assert from 'node:assert/strict';
import { AuthorizationCode, ConfigurationError, endpointsAt } from '../../../src/auth/index.ts';
import { resolveCredentials } from '../../../src/auth/credentials.ts';
import { startSpotify } from '../../spotify/index.ts';
import { publicClient } from './publicClient.ts';

/** Read by the extension only. */
const URL_VARIABLES = {
  SPOTIFY_SDK_ACCOUNTS_URL: 'http://127.0.0.1:1',
  SPOTIFY_SDK_API_URL: 'http://127.0.0.1:1',
};
const VARIABLES = {
  ...URL_VARIABLES,
  SPOTIFY_SDK_CLIENT_ID: 'id of the environment',
  SPOTIFY_SDK_CLIENT_SECRET: 'secret of the environment',
  SPOTIFY_SDK_REDIRECT_URI: 'http://127.0.0.1:1/environment',
};

describe('credentials', () => {
  const before = { ...process.env };
  beforeEach(() => Object.assign(process.env, VARIABLES));
  afterEach(() => {
    for (const name of Object.keys(VARIABLES)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  });

  it('come from the environment if the options are missing or empty', () => {
    const expected = {
      clientId: 'id of the environment',
      clientSecret: 'secret of the environment',
      redirectUri: 'http://127.0.0.1:1/environment',
    };
    assert.deepEqual(resolveCredentials({}), expected);
    const empty = { clientId: '', clientSecret: '', redirectUri: '' };
    assert.deepEqual(resolveCredentials(empty), expected);
  });

  it('come from the options if they are given', () => {
    const explicit = { clientId: 'id', clientSecret: 'secret', redirectUri: 'http://[::1]/x' };
    assert.deepEqual(resolveCredentials(explicit), explicit);
  });

  it('have no secret when the options say null', () => {
    assert.equal(resolveCredentials({ clientSecret: null }).clientSecret, undefined);
  });

  it('are refused without a client ID, also if its variable is empty', () => {
    process.env['SPOTIFY_SDK_CLIENT_ID'] = '';
    assert.throws(() => new AuthorizationCode(), ConfigurationError);
    process.env['SPOTIFY_SDK_CLIENT_SECRET'] = process.env['SPOTIFY_SDK_REDIRECT_URI'] = '';
    assert.deepEqual(resolveCredentials({ clientId: 'id' }), {
      clientId: 'id',
      clientSecret: undefined,
      redirectUri: undefined,
    });
  });

  it('provide the redirect URI of the authorization URL', async () => {
    const url = await new AuthorizationCode().getAuthorizationUrl();
    const { client_id, redirect_uri } = Object.fromEntries(new URL(url).searchParams);
    assert.equal(new URL(url).origin, 'https://accounts.spotify.com');
    assert.equal(client_id, VARIABLES.SPOTIFY_SDK_CLIENT_ID);
    assert.equal(redirect_uri, VARIABLES.SPOTIFY_SDK_REDIRECT_URI);
  });

  it('without a secret are only the client ID in the form, even if the environment has a secret', async () => {
    const spotify = await startSpotify();
    const app = spotify.addApp({ redirectUris: [] });
    const user = spotify.addUser({ id: 'alva', displayName: 'Alva' });
    const { refreshToken } = spotify.tokens.issue(user, app);
    await publicClient(spotify, app, { refreshToken }).getAccessToken();
    const [request] = spotify.requests.to('token');
    assert.equal(request?.headers.authorization, undefined);
    assert.deepEqual(Object.fromEntries(request?.form ?? []), {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: app.clientId,
    });
    await spotify.close();
  });

  it('with a secret are sent with the code verifier', async () => {
    const spotify = await startSpotify();
    const redirectUri = VARIABLES.SPOTIFY_SDK_REDIRECT_URI;
    const { clientId, clientSecret } = spotify.addApp({ redirectUris: [redirectUri] });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
    const endpoints = endpointsAt(spotify.accountsUrl);
    const auth = new AuthorizationCode({ clientId, clientSecret, endpoints });
    const url = await auth.getAuthorizationUrl();
    const { headers } = await fetch(url, { redirect: 'manual' });
    await auth.exchangeCode(auth.parseResponseUrl(headers.get('location') ?? ''));
    const [request] = spotify.requests.to('token');
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    assert.equal(request?.headers.authorization, `Basic ${basic}`);
    assert.match(request.form.get('code_verifier') ?? '', /^[\w.~-]{43,128}$/);
    assert.ok(!request.form.has('client_secret'));
    await spotify.close();
  });
});
