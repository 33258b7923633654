import assert from 'node:assert/strict';
import type { ClientMetadata } from 'oidc-provider';
import {
  AuthorizationCode,
  type AuthorizationCodeOptions,
  AuthorizationDeniedError,
  authorizeLocal,
  ClientCredentials,
  InMemoryTokenCache,
} from '../../../src/auth/index.ts';
import { type CertifiedServer, startCertifiedServer } from './certifiedServer.ts';

const redirectUri = 'http://127.0.0.1:5000/callback';
const clientSecret = 'a-secret-with-%-and-:-for-the-confidential-app';

const app: ClientMetadata = {
  client_id: 'public',
  token_endpoint_auth_method: 'none',
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
};

const apps: ClientMetadata[] = [
  app,
  {
    ...app,
    client_id: 'confidential',
    client_secret: clientSecret,
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  },
];

/** About src/auth/authorizationCode.ts, against another server than the stand-in. */
describe('against oidc-provider', () => {
  let server: CertifiedServer;

  before(async () => (server = await startCertifiedServer(apps)));
  after(() => server.close());
  beforeEach(() => (server.grants.length = 0));

  const client = (options: AuthorizationCodeOptions = {}) =>
    new AuthorizationCode({
      clientId: 'public',
      clientSecret: null,
      redirectUri,
      scope: 'openid user-read-private',
      endpoints: server.endpoints,
      maxRetries: 0,
      ...options,
    });

  async function signedIn(options: AuthorizationCodeOptions = {}) {
    const tokenCache = new InMemoryTokenCache();
    const auth = client({ tokenCache, ...options });
    const code = auth.parseResponseUrl(await server.visit(await auth.getAuthorizationUrl()));
    return { auth, token: await auth.exchangeCode(code), tokenCache };
  }

  const endsTheSession = {
    name: 'AuthenticationError',
    error: 'invalid_grant',
    requiresSignIn: true,
  };

  for (const [kind, options] of [
    ['a public client', {}],
    ['a client with a secret', { clientId: 'confidential', clientSecret }],
  ] as const) {
    it(`${kind} gets tokens for its code and verifier`, async () => {
      const { token } = await signedIn(options);
      assert.ok(token.accessToken && token.refreshToken);
      assert.deepEqual(token.scope?.split(' ').sort(), ['openid', 'user-read-private']);
      assert.deepEqual(server.grants, ['authorization_code']);
    });

    it(`${kind} refreshes repeatedly, each time with the refresh token of the last answer`, async () => {
      const { auth, token, tokenCache } = await signedIn(options);
      const refreshTokens = [token.refreshToken];
      for (let i = 0; i < 3; i++) {
        await auth.getAccessToken();
        refreshTokens.push(tokenCache.get()?.refreshToken);
      }
      assert.equal(new Set(refreshTokens).size, 4);
    });

    it(`${kind} has to sign in again when a refresh token was used twice`, async () => {
      const { auth, token } = await signedIn(options);
      await auth.getAccessToken();
      const thief = client({ ...options, refreshToken: token.refreshToken });
      await assert.rejects(thief.getAccessToken(), endsTheSession);
      await assert.rejects(auth.getAccessToken(), endsTheSession, 'the server ended all of it');
    });

    it(`${kind} sends one request for a hundred callers, and can refresh again`, async () => {
      const { auth } = await signedIn(options);
      server.grants.length = 0;
      const tokens = await Promise.all(Array.from({ length: 100 }, () => auth.getAccessToken()));
      assert.equal(new Set(tokens).size, 1);
      assert.deepEqual(server.grants, ['refresh_token']);
      assert.notEqual(await auth.getAccessToken(), tokens[0]);
    });
  }

  it('a code is refused with the code verifier of another URL', async () => {
    const auth = client();
    const callback = await server.visit(await auth.getAuthorizationUrl());
    const code = auth.parseResponseUrl(callback);
    const codeVerifier = 'v'.repeat(43);
    await assert.rejects(auth.exchangeCode(code, { codeVerifier }), endsTheSession);
  });

  it('a code used twice ends the session', async () => {
    const auth = client();
    const codeVerifier = 'v'.repeat(43);
    const callback = await server.visit(await auth.getAuthorizationUrl({ codeVerifier }));
    const code = auth.parseResponseUrl(callback);
    await auth.exchangeCode(code, { codeVerifier });
    await assert.rejects(auth.exchangeCode(code, { codeVerifier }), endsTheSession);
    await assert.rejects(auth.getAccessToken(), endsTheSession);
  });

  it('several pending URLs have their own code verifiers', async () => {
    const auth = client();
    const urls = await Promise.all([1, 2, 3].map(() => auth.getAuthorizationUrl()));
    const callbacks = await Promise.all(urls.map((url) => server.visit(url)));
    for (const callback of callbacks.reverse()) {
      assert.ok(await auth.exchangeCode(auth.parseResponseUrl(callback)));
    }
  });

  it('the local sign-in works on a port that the app has not registered', async () => {
    const auth = client({ redirectUri: 'http://127.0.0.1/callback' });
    const browser = async (url: string) => void fetch(await server.visit(url));
    const token = await authorizeLocal(auth, {
      openBrowser: false,
      authorizationUrlHandler: browser,
    });
    assert.ok(token.refreshToken);
  });

  it('a user who declines is an AuthorizationDeniedError', async () => {
    const auth = client();
    const callback = await server.visit(await auth.getAuthorizationUrl(), 'decline');
    assert.throws(() => auth.parseResponseUrl(callback), AuthorizationDeniedError);
  });

  it('an app gets its own token, but not with a wrong secret', async () => {
    const options = { clientId: 'confidential', endpoints: server.endpoints, maxRetries: 0 };
    const auth = new ClientCredentials({ ...options, clientSecret });
    assert.equal(await auth.getAccessToken(), await auth.getAccessToken());
    assert.deepEqual(server.grants, ['client_credentials']);
    const stranger = new ClientCredentials({ ...options, clientSecret: 'wrong' });
    const refusal = { error: 'invalid_client', status: 401, requiresSignIn: false };
    await assert.rejects(stranger.getAccessToken(), refusal);
  });
});
