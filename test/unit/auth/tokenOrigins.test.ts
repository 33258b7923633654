import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AuthorizationCode,
  ClientCredentials,
  endpointsAt,
  FileTokenCache,
  InMemoryTokenCache,
} from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { agreedCode, publicClient } from './publicClient.ts';

const redirectUri = 'http://127.0.0.1/callback';

/** About src/auth/tokenStore.ts and src/auth/node/fileTokenCache.ts. */
describe('a token file that several clients use', () => {
  let spotify: Spotify;
  let app: App;
  let other: App;
  let alva: User;
  let file: string;

  before(async () => {
    spotify = await startSpotify();
    spotify.behaviour.consent = { agreeAs: 'alva' };
    [app, other] = [0, 1].map(() => spotify.addApp({ redirectUris: [redirectUri] })) as [App, App];
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
  });
  after(() => spotify.close());
  beforeEach(async () => {
    spotify.requests.clear();
    spotify.behaviour.rotateRefreshTokens = false;
    file = path.join(await mkdtemp(path.join(tmpdir(), 'origins-')), 'token.json');
  });
  afterEach(() => rm(path.dirname(file), { recursive: true }));

  const cache = () => new FileTokenCache({ path: file });
  const user = (client = app) =>
    publicClient(spotify, client, { tokenCache: cache(), redirectUri });
  const appToken = (client = app, tokenCache = cache()) =>
    new ClientCredentials({
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      endpoints: endpointsAt(spotify.accountsUrl),
      tokenCache,
    });
  const record = async () => JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const requests = () => spotify.requests.count('token');

  async function signIn(auth: AuthorizationCode): Promise<void> {
    await auth.exchangeCode(await agreedCode(auth));
  }

  for (const expiresAt of [0, 4e9]) {
    it(`refuses to give the app’s own token from the record of a user that expires at ${expiresAt}`, async () => {
      await signIn(user());
      await writeFile(file, JSON.stringify({ ...(await record()), expires_at: expiresAt }));
      for (const client of [app, other]) {
        await assert.rejects(appToken(client).getAccessToken(), (error: Error) => {
          assert.equal(error.name, 'ConfigurationError');
          assert.ok(error.message.includes(file));
          return true;
        });
      }
      assert.equal(requests(), 1);
      assert.ok((await record())['refresh_token']);
    });
  }

  it('keeps the record of a user who signed in while the app’s own token was requested', async () => {
    spotify.faults.next(1, { on: 'token', delayMs: 300 });
    const refused = assert.rejects(appToken().getAccessToken(), { name: 'ConfigurationError' });
    const token = { ...spotify.tokens.issue(alva, app), expiresAt: 4e9 };
    while (requests() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await cache().set(token);
    await refused;
    assert.deepEqual(await cache().get(), token);
  });

  it('refuses the token of a user in any cache', async () => {
    const tokenCache = new InMemoryTokenCache();
    tokenCache.set({ ...spotify.tokens.issue(alva, app), expiresAt: 4e9 });
    const auth = appToken(app, tokenCache as unknown as FileTokenCache);
    await assert.rejects(auth.getAccessToken(), { name: 'ConfigurationError' });
  });

  it('does not give an app’s own token to a user', async () => {
    await appToken().getAccessToken();
    await assert.rejects(user().getAccessToken(), { requiresSignIn: true });
    await signIn(user());
    assert.ok((await record())['refresh_token']);
  });

  it('writes the client ID and the time of the consent after the keys of Python', async () => {
    await signIn(user());
    const keys = ['access_token', 'expires_at', 'refresh_token', 'scope'];
    assert.deepEqual(Object.keys(await record()), [...keys, 'client_id', 'consented_at']);
    assert.equal((await record())['client_id'], app.clientId);
  });

  it('has the time of the consent, which a refresh does not change', async () => {
    const before = Date.now() / 1000;
    await signIn(user());
    const { consented_at: consentedAt } = await record();
    assert.ok(Number(consentedAt) >= before && Number(consentedAt) <= Date.now() / 1000);
    for (const rotates of [false, true]) {
      spotify.behaviour.rotateRefreshTokens = rotates;
      await user().renew();
      assert.equal((await record())['consented_at'], consentedAt);
    }
    assert.equal((await cache().get())?.consentedAt, consentedAt);
  });

  it('has no token for another client ID', async () => {
    await signIn(user());
    await assert.rejects(user(other).getAccessToken(), { requiresSignIn: true });
    assert.equal(requests(), 1);
    await signIn(user(other));
    assert.equal((await record())['client_id'], other.clientId);
  });

  it('has a token for every client ID if it names none, as Python writes it', async () => {
    const token = { accessToken: 'BQx', expiresAt: 4e9, refreshToken: 'AQx' };
    await cache().set(token);
    for (const client of [app, other]) assert.equal(await user(client).getAccessToken(), 'BQx');
  });

  it('may lose its token: the refresh token in memory serves', async () => {
    for (const rotates of [false, true]) {
      spotify.behaviour.rotateRefreshTokens = rotates;
      const auth = user();
      await signIn(auth);
      for (const lose of [() => unlink(file), () => writeFile(file, '{"acc')]) {
        await lose();
        assert.ok(spotify.tokens.accessTokens.has(await auth.getAccessToken()));
        assert.ok((await record())['refresh_token']);
        assert.ok((await record())['scope']);
      }
    }
  });

  it('may lose a token that was read only: its refresh token in memory serves', async () => {
    await signIn(user());
    const auth = user();
    await auth.getAccessToken();
    await unlink(file);
    assert.ok(await auth.getAccessToken());
  });

  it('does not repeat a refresh token in memory that was refused', async () => {
    const auth = user();
    await signIn(auth);
    await unlink(file);
    spotify.tokens.revoke(alva, app);
    await assert.rejects(auth.getAccessToken(), { error: 'invalid_grant' });
    await assert.rejects(auth.getAccessToken(), { requiresSignIn: true, error: undefined });
    assert.equal(requests(), 2);
  });
});
