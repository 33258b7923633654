import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createAuthProvider, createFetch, NoSessionError } from '../../../src/adapters/vscode.ts';
import { AuthorizationCode, endpointsAt, InMemoryTokenCache } from '../../../src/auth/index.ts';
import type { App, Spotify, User } from '../../spotify/index.ts';
import { openScene } from './adapterScene.ts';
import { FakeEditor } from './fakeEditor.ts';
import { API, CountingProvider, standInFetch } from './standInFetch.ts';

/** About createFetch in src/adapters/vscode.ts. */
describe('createFetch', () => {
  let spotify: Spotify;
  let app: App;
  let alva: User;
  let provider: CountingProvider;
  let spotifyFetch: typeof fetch;

  before(async () => ({ spotify, app, alva } = await openScene()));
  after(() => spotify.close());
  beforeEach(() => {
    provider = new CountingProvider(() => spotify.tokens.issue(alva, app).accessToken);
    spotifyFetch = createFetch(provider, { fetch: standInFetch(spotify) });
  });
  afterEach(() => {
    assert.deepEqual(spotify.faults.waiting, []);
    spotify.requests.clear();
  });

  const expired = () => spotify.tokens.expireAccessTokens();

  for (const [what, input] of Object.entries({
    'a string': `${API}/v1/me`,
    'a URL': new URL(`${API}/v1/me`),
    'a Request': new Request(`${API}/v1/me`),
    'the default port': `${API}:443/v1/me`,
    capitals: 'HTTPS://API.Spotify.com/v1/me',
  })) {
    it(`signs a request given as ${what}`, async () => {
      const response = await spotifyFetch(input);
      assert.equal(response.status, 200);
      assert.equal(((await response.json()) as { id: string }).id, 'alva');
    });
  }

  it('replaces the Authorization header of the caller, and leaves other headers', async () => {
    const headers = { Authorization: 'Bearer old', 'X-Mine': 'yes' };
    assert.equal((await spotifyFetch(`${API}/v1/me`, { headers })).status, 200);
    assert.equal(spotify.requests.all[0]?.headers['x-mine'], 'yes');
  });

  it('uses the global fetch at the time of the call', async () => {
    const replaced = globalThis.fetch;
    const signing = createFetch(provider);
    globalThis.fetch = standInFetch(spotify, replaced);
    try {
      assert.equal((await signing(`${API}/v1/me`)).status, 200);
    } finally {
      globalThis.fetch = replaced;
    }
  });

  for (const address of [
    'http://api.spotify.com/v1/me',
    'https://api.spotify.com:8443/v1/me',
    'https://api.spotify.com.example/v1/me',
    'https://api.spotify.com./v1/me',
    'https://an.api.spotify.com/v1/me',
    'https://api.spotify.com@spotify.example/v1/me',
    'https://spotify.example/https://api.spotify.com/v1/me',
    'https://accounts.spotify.com/api/token',
    'blob:https://api.spotify.com/0b5e5e2f',
    'data:,https://api.spotify.com',
    '/v1/me',
  ]) {
    it(`passes ${address} on as it is`, async () => {
      const calls: unknown[][] = [];
      const answer = Response.json({});
      const base = (...call: unknown[]) => {
        calls.push(call);
        return Promise.resolve(answer);
      };
      const init = { headers: { Authorization: 'Basic mine' }, method: 'POST', body: '{}' };
      assert.equal(await createFetch(provider, { fetch: base })(address, init), answer);
      assert.ok(calls[0]?.[0] === address && calls[0][1] === init);
      assert.equal(calls.length, 1);
      assert.equal(provider.asked, 0);
    });
  }

  it('sends no request when there is no token', async () => {
    const getAccessToken = () => Promise.reject(new NoSessionError());
    const signing = createFetch({ getAccessToken }, { fetch: standInFetch(spotify) });
    await assert.rejects(signing(`${API}/v1/me`), NoSessionError);
    assert.equal(spotify.requests.all.length, 0);
  });

  it('renews a token after a 401, and repeats the request', async () => {
    expired();
    assert.equal((await spotifyFetch(`${API}/v1/me`)).status, 200);
    assert.equal(provider.renewals, 1);
    assert.equal(spotify.requests.count('me'), 2);
  });

  it('returns a second 401', async () => {
    spotify.faults.next(2, { on: 'me', status: 401, body: 'no' });
    const response = await spotifyFetch(`${API}/v1/me`);
    assert.equal(response.status, 401);
    assert.equal(await response.text(), 'no');
    assert.equal(provider.renewals, 1);
  });

  it('does not renew the token after other errors', async () => {
    spotify.faults.next(1, { on: 'me', status: 403 });
    assert.equal((await spotifyFetch(`${API}/v1/me`)).status, 403);
    assert.equal(provider.renewals, 0);
  });

  it('returns a 401 if the provider has no renew', async () => {
    expired();
    const getAccessToken = () => provider.getAccessToken();
    const signing = createFetch({ getAccessToken }, { fetch: standInFetch(spotify) });
    assert.equal((await signing(`${API}/v1/me`)).status, 401);
    assert.equal(spotify.requests.count('me'), 1);
  });

  it('renews a token of the library once for requests that are refused one after the other', async () => {
    const { accessToken, refreshToken } = spotify.tokens.issue(alva, app);
    const tokenCache = new InMemoryTokenCache();
    tokenCache.set({ accessToken, refreshToken, expiresAt: 4e9 });
    expired();
    const endpoints = endpointsAt(spotify.accountsUrl);
    const { clientId } = app;
    const auth = new AuthorizationCode({ clientId, clientSecret: null, endpoints, tokenCache });
    let requests = 0;
    const fetchLater: typeof fetch = async (input, init) => {
      const response = await standInFetch(spotify)(input, init);
      await delay(100 * requests++);
      return response;
    };
    const signing = createFetch(auth, { fetch: fetchLater });
    const responses = await Promise.all([1, 2, 3].map(() => signing(`${API}/v1/me`)));
    assert.deepEqual(
      responses.map(({ status }) => status),
      [200, 200, 200],
    );
    assert.equal(spotify.requests.count('token', 'refresh_token'), 1);
  });

  it('rejects with the error of renew', async () => {
    expired();
    const failure = new Error('command not found');
    provider.renew = () => Promise.reject(failure);
    await assert.rejects(spotifyFetch(`${API}/v1/me`), failure);
    assert.equal(spotify.requests.count('me'), 1);
  });

  it('replaces a token that another client of the session has revoked', async () => {
    const editor = new FakeEditor(spotify, app, alva);
    editor.signIn();
    const session = createAuthProvider(editor.api, ['user-read-private'], { ask: false });
    const signing = createFetch(session, { fetch: standInFetch(spotify) });
    await signing(`${API}/v1/me`);
    spotify.tokens.accessTokens.delete(editor.accessToken ?? '');
    const calls = Array.from({ length: 10 }, () => signing(`${API}/v1/me`));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    assert.deepEqual([...new Set(statuses)], [200]);
    assert.equal(editor.dialogs, 0);
  });

  const form = 'name=Clair%20de%20lune';
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const stream = () => new Blob([form]).stream();
  const bodies: Record<string, () => [string | Request, RequestInit?]> = {
    'a string': () => [`${API}/v1/x`, { method: 'PUT', headers, body: form }],
    'a form': () => [`${API}/v1/x`, { method: 'PUT', body: new URLSearchParams(form) }],
    'a stream': () => [`${API}/v1/x`, { method: 'PUT', headers, body: stream(), duplex: 'half' }],
    'a Request’s': () => [new Request(`${API}/v1/x`, { method: 'PUT', headers, body: form })],
  };
  it('sends the body also in a browser without `Request.body`', async () => {
    const getter = Object.getOwnPropertyDescriptor(Request.prototype, 'body');
    assert.ok(getter);
    Object.defineProperty(Request.prototype, 'body', { ...getter, get: () => undefined });
    let sent: RequestInit | undefined;
    const base: typeof fetch = (_, init) => {
      sent = init;
      return Promise.resolve(new Response());
    };
    try {
      const signing = createFetch(provider, { fetch: base });
      await signing(`${API}/v1/x`, { method: 'PUT', headers, body: form });
    } finally {
      Object.defineProperty(Request.prototype, 'body', getter);
    }
    assert.equal(await new Response(sent?.body ?? null).text(), form);
  });

  for (const [what, call] of Object.entries(bodies)) {
    it(`repeats the body with the second request: ${what}`, async () => {
      spotify.faults.next(1, { on: 'other', status: 401 });
      assert.equal((await spotifyFetch(...call())).status, 404);
      const names = spotify.requests.to('other').map((request) => request.form.get('name'));
      assert.deepEqual(names, ['Clair de lune', 'Clair de lune']);
      assert.equal(spotify.requests.all[1]?.method, 'PUT');
    });
  }
});
