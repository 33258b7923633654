import assert from 'node:assert/strict';
import { createFetch } from '../../../src/adapters/vscode.ts';
import { type Fault, type Spotify, startSpotify } from '../../spotify/index.ts';
import { API, CountingProvider, standInFetch } from './standInFetch.ts';

/** The accounts server stands for all hosts other than the Web API’s. */
describe('createFetch, when it is redirected', () => {
  let spotify: Spotify;
  let elsewhere: string;
  let provider: CountingProvider;

  before(async () => {
    spotify = await startSpotify();
    elsewhere = `${spotify.accountsUrl}/elsewhere`;
  });
  after(() => spotify.close());
  beforeEach(() => {
    const app = spotify.addApp({ redirectUris: [] });
    const alva = spotify.addUser({ id: 'alva', displayName: 'Alva' });
    provider = new CountingProvider(() => spotify.tokens.issue(alva, app).accessToken);
  });
  afterEach(() => {
    assert.deepEqual(spotify.faults.waiting, []);
    spotify.reset();
  });

  const to = (Location: string, status = 302): Fault => ({ status, headers: { Location } });
  const send = (base: typeof fetch, path = '/v1/me', init?: RequestInit) =>
    createFetch(provider, { fetch: standInFetch(spotify, base) })(`${API}${path}`, init);
  const last = () => spotify.requests.all.at(-1);

  /** As Electron’s `net.fetch`: redirects keep the headers, also to another host. */
  const carelessFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await fetch(new Request(request, { redirect: 'manual' }));
    const location = response.headers.get('Location');
    if (request.redirect === 'manual' || location === null) return response;
    return carelessFetch(new Request(new URL(location, request.url), request));
  };
  /** As a browser’s: the target of a redirect that is not followed is hidden. */
  const browserFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await fetch(request);
    if (request.redirect !== 'manual' || !response.headers.has('Location')) return response;
    return Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
  };

  const redirectedUnsigned = () => {
    assert.deepEqual([last()?.host, last()?.path], ['accounts', '/elsewhere']);
    assert.equal(last()?.headers.authorization, undefined);
  };
  for (const [kind, base] of Object.entries({
    'drops it': fetch,
    'takes it along': carelessFetch,
  })) {
    it(`follows to another origin without the token, also where fetch itself ${kind}`, async () => {
      spotify.faults.next(1, { on: 'me', ...to(elsewhere) });
      await send(base);
      redirectedUnsigned();
    });
  }

  it('lets a browser follow the redirect if it hides the target', async () => {
    spotify.faults.next(2, { on: 'me', ...to(elsewhere) });
    await send(browserFetch);
    const signatures = spotify.requests.to('me').map(({ headers }) => headers.authorization);
    const signature = `Bearer ${await provider.getAccessToken()}`;
    assert.deepEqual(signatures, [signature, signature]);
    redirectedUnsigned();
  });

  it('repeats the body after a redirect in a browser and a 401', async () => {
    spotify.faults.next(2, { on: 'other', ...to('/v1/y', 303) });
    spotify.faults.next(1, { on: 'other', status: 401 });
    const body = new URLSearchParams({ name: 'a' });
    await send(browserFetch, '/v1/x', { method: 'POST', body });
    const seen = spotify.requests.all.map(({ path, form }) => [path, form.get('name')]);
    const [posted, got] = [
      ['/v1/x', 'a'],
      ['/v1/y', null],
    ];
    assert.deepEqual(seen, [posted, posted, got, posted]);
  });

  it('drops the Authorization header of the caller, too, and keeps the others', async () => {
    const headers = { Authorization: 'Bearer mine', 'X-Mine': 'yes' };
    spotify.faults.next(1, { on: 'me', ...to(elsewhere) });
    await send(fetch, '/v1/me', { headers });
    redirectedUnsigned();
    assert.equal(last()?.headers['x-mine'], 'yes');
  });

  it('does not sign a redirect back from another origin', async () => {
    spotify.faults.next(1, { on: 'me', ...to(elsewhere) });
    spotify.faults.next(1, { on: 'other', ...to(`${spotify.apiUrl}/v1/me`) });
    assert.equal((await send(fetch)).status, 401);
    assert.equal(provider.renewals, 0);
  });

  for (const location of ['/v1/me', `${API}/v1/me`]) {
    it(`signs the request again when it is redirected to ${location}`, async () => {
      spotify.faults.next(1, { on: 'other', ...to(location) });
      assert.equal((await send(carelessFetch, '/v1/moved')).status, 200);
    });
  }

  it('treats http as another origin', async () => {
    spotify.faults.next(1, { on: 'me', ...to('http://api.spotify.com/v1/me') });
    const addresses: string[] = [];
    const base: typeof fetch = (input, init) => {
      const request = new Request(input, init);
      addresses.push(`${request.url} ${request.headers.get('Authorization') ?? 'unsigned'}`);
      return request.url.startsWith(API) ? standInFetch(spotify)(request) : Promise.resolve(done);
    };
    const done = new Response();
    assert.equal(await createFetch(provider, { fetch: base })(`${API}/v1/me`), done);
    assert.equal(addresses[1], 'http://api.spotify.com/v1/me unsigned');
  });

  for (const status of [301, 302, 303, 307, 308]) {
    for (const method of ['GET', 'HEAD']) {
      it(`follows a ${status} to ${method}`, async () => {
        spotify.faults.next(1, { on: 'other', ...to(elsewhere, status) });
        await send(fetch, '/v1/x', { method });
        redirectedUnsigned();
        assert.equal(last()?.method, method);
      });
    }

    it(`returns a ${status} to POST`, async () => {
      spotify.faults.next(1, { on: 'other', ...to(elsewhere, status), body: 'moved' });
      const response = await send(fetch, '/v1/x', { method: 'POST', body: 'x' });
      assert.equal(response.status, status);
      assert.equal(response.headers.get('Location'), elsewhere);
      assert.equal(await response.text(), 'moved');
      assert.equal(spotify.requests.all.length, 1);
    });
  }

  it('follows Location only in a redirect', async () => {
    spotify.faults.next(1, { on: 'me', ...to(elsewhere, 201) });
    assert.equal((await send(fetch)).status, 201);
  });

  it('follows no redirect with redirect: manual or error', async () => {
    spotify.faults.next(2, { on: 'me', ...to(elsewhere) });
    const response = await send(fetch, '/v1/me', { redirect: 'manual' });
    assert.equal(response.headers.get('Location'), elsewhere);
    await assert.rejects(send(fetch, '/v1/me', { redirect: 'error' }), TypeError);
    spotify.faults.next(1, { on: 'me', ...to(elsewhere) });
    const { type } = await send(browserFetch, '/v1/me', { redirect: 'manual' });
    assert.equal(type, 'opaqueredirect');
    assert.equal(spotify.requests.all.length, 3);
  });

  it('rejects as fetch does after too many redirects', async () => {
    spotify.faults.next(21, { on: 'me', ...to('/v1/me') });
    await assert.rejects(send(fetch), TypeError);
  });

  it('returns a redirect without Location', async () => {
    spotify.faults.next(1, { on: 'me', status: 302 });
    assert.equal((await send(fetch)).status, 302);
  });
});
