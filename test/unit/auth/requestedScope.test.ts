import assert from 'node:assert/strict';
import { AuthorizationCode, InMemoryTokenCache } from '../../../src/auth/index.ts';

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
describe('a token answer without a scope', () => {
  const answer = {
    access_token: 'BQ',
    token_type: 'Bearer',
    expires_in: 3600,
    refresh_token: 'AQ',
  };
  const client = (fields: object = {}, options: object = {}) =>
    new AuthorizationCode({
      clientId: 'id',
      clientSecret: null,
      redirectUri: 'http://127.0.0.1/callback',
      scope: ['user-top-read', 'streaming'],
      fetch: () => Promise.resolve(Response.json({ ...answer, ...fields })),
      ...options,
    });

  async function exchange(auth: AuthorizationCode, options = {}): Promise<string | undefined> {
    await auth.getAuthorizationUrl({ state: 'mine', ...options });
    return (await auth.exchangeCode(auth.parseResponseUrl('?code=AQx&state=mine'))).scope;
  }

  it('has the scope that its authorization URL asked for', async () => {
    assert.equal(await exchange(client()), 'user-top-read streaming');
    assert.equal(await exchange(client(), { scope: 'user-read-email' }), 'user-read-email');
    assert.equal(await exchange(client({}, { scope: '' })), undefined);
  });

  it('has the scope of the options if another instance made the URL', async () => {
    const { scope } = await client().exchangeCode('AQx', { codeVerifier: 'v'.repeat(43) });
    assert.equal(scope, 'user-top-read streaming');
  });

  it('has the scope of the options after a first refresh, and then that of the cache', async () => {
    const tokenCache = new InMemoryTokenCache();
    await client({}, { tokenCache, refreshToken: 'AQ' }).getAccessToken();
    assert.equal(tokenCache.get()?.scope, 'user-top-read streaming');
    tokenCache.set({ accessToken: 'BQ', expiresAt: 0, refreshToken: 'AQ', scope: 'streaming' });
    await client({}, { tokenCache }).getAccessToken();
    assert.equal(tokenCache.get()?.scope, 'streaming');
  });

  it('differs from one that names the scope', async () => {
    assert.equal(await exchange(client({ scope: 'streaming' })), 'streaming');
  });
});
