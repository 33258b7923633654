import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  type AuthorizationCode,
  FileTokenCache,
  InMemoryTokenCache,
  type TokenCache,
} from '../../../src/auth/index.ts';
import { type App, type Spotify, startSpotify, type User } from '../../spotify/index.ts';
import { agreedCode, publicClient } from './publicClient.ts';

const redirectUri = 'http://127.0.0.1/callback';

/** About src/auth/tokenStore.ts. */
describe('AuthorizationCode.signOut', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;
  let folder: string;

  before(async () => {
    spotify = await startSpotify();
    spotify.behaviour.consent = { agreeAs: 'alva' };
    app = spotify.addApp({ redirectUris: [redirectUri] });
    alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
    folder = await mkdtemp(path.join(tmpdir(), 'sign-out-'));
  });
  after(async () => {
    await spotify.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => spotify.requests.clear());

  const userOf = (options: { tokenCache: TokenCache | undefined; refreshToken?: string }) =>
    publicClient(spotify, app, { redirectUri, ...options });

  async function signIn(auth: AuthorizationCode): Promise<void> {
    await auth.exchangeCode(await agreedCode(auth));
  }

  const caches: Record<string, () => TokenCache | undefined> = {
    'in memory': () => undefined,
    'in a file': () => new FileTokenCache({ path: path.join(folder, 'token.json') }),
    'in an InMemoryTokenCache': () => new InMemoryTokenCache(),
    'in a cache without clear': () => {
      const inner = new InMemoryTokenCache();
      return {
        get: () => inner.get(),
        set: (token) => {
          inner.set(token);
        },
      };
    },
  };
  for (const [where, makeCache] of Object.entries(caches)) {
    it(`forgets the token ${where} when the user signs out`, async () => {
      const { refreshToken } = spotify.tokens.issue(alva, app);
      const tokenCache = makeCache();
      const auth = userOf({ tokenCache, refreshToken });
      await signIn(auth);
      await auth.signOut();
      await assert.rejects(auth.getAccessToken(), { requiresSignIn: true, error: undefined });
      const left = await tokenCache?.get();
      assert.ok(!left?.accessToken && !left?.refreshToken);
      assert.equal(existsSync(path.join(folder, 'token.json')), false);
      await signIn(auth);
      assert.ok(await auth.getAccessToken());
      await auth.signOut();
    });
  }

  it('does not store a token that was being requested when the user signed out', async () => {
    const tokenCache = new InMemoryTokenCache();
    tokenCache.set({ ...spotify.tokens.issue(alva, app), expiresAt: 0 });
    const auth = userOf({ tokenCache });
    spotify.faults.next(1, { on: 'token', delayMs: 200 });
    const refreshing = assert.rejects(auth.getAccessToken(), { requiresSignIn: true });
    while (spotify.requests.count('token') === 0) await setImmediate();
    await auth.signOut();
    await refreshing;
    assert.equal(tokenCache.get(), undefined);
  });

  it('leaves the token of another client in the file when the user signs out', async () => {
    const file = path.join(folder, 'others.json');
    const record = {
      access_token: 'BQx',
      expires_at: 4e9,
      refresh_token: 'AQx',
      client_id: 'other',
    };
    await writeFile(file, JSON.stringify(record), { mode: 0o600 });
    const tokenCache = new FileTokenCache({ path: file });
    await userOf({ tokenCache }).signOut();
    assert.equal((await tokenCache.get())?.refreshToken, 'AQx');
  });
});
