import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { createFetch, NoSessionError } from '../../../src/adapters/vscode.ts';
import type { Spotify } from '../../spotify/index.ts';
import { openScene } from '../adapters/adapterScene.ts';
import { CountingProvider, standInFetch } from '../adapters/standInFetch.ts';
import { documentedBlock } from './documentedBlock.ts';

interface Relay {
  readonly url: string;
  readonly secret: string;
  readonly close: () => void;
}
type StartRelay = (spotifyFetch: typeof fetch) => Promise<Relay>;

/** About the code in docs/mcp-servers.md. */
describe('the relay of the page on MCP servers', () => {
  let spotify: Spotify;
  let provider: CountingProvider;
  let start: StartRelay;
  let relay: Relay;

  before(async () => {
    const scene = await openScene();
    ({ spotify } = scene);
    provider = new CountingProvider(() => spotify.tokens.issue(scene.alva, scene.app).accessToken);
    const words = 'desktop relay.ts';
    const block = await documentedBlock<{ startRelay: StartRelay }>('mcp-servers.md', words);
    start = block.startRelay;
    relay = await start(createFetch(provider, { fetch: standInFetch(spotify) }));
  });
  after(async () => {
    relay.close();
    await spotify.close();
  });
  beforeEach(() => spotify.requests.clear());

  const authorized = () => ({ Authorization: `Bearer ${relay.secret}` });

  it('adds a token that is valid, also after the end of the first one', async () => {
    const me = async () => {
      const response = await fetch(`${relay.url}/me`, { headers: authorized() });
      return ((await response.json()) as { id: string }).id;
    };
    assert.equal(await me(), 'alva');
    spotify.tokens.expireAccessTokens();
    assert.equal(await me(), 'alva');
    assert.equal(provider.renewals, 1);
  });

  it('passes on the method, the query and the body, and the answer', async () => {
    const headers = { 'Content-Type': 'application/json', 'Retry-After': '60' };
    spotify.faults.next(1, { status: 429, headers, body: '{"a":1}' });
    const response = await fetch(`${relay.url}/unknown?x=1`, {
      method: 'PUT',
      headers: { ...authorized(), 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'name=a%26b',
    });
    assert.deepEqual(await response.json(), { a: 1 });
    assert.deepEqual([response.status, response.headers.get('Retry-After')], [429, '60']);
    const [request] = spotify.requests.all;
    assert.equal(request?.method, 'PUT');
    assert.deepEqual([request.query.get('x'), request.form.get('name')], ['1', 'a&b']);
  });

  it('passes on a request for headers only', async () => {
    const response = await fetch(`${relay.url}/me`, { method: 'HEAD', headers: authorized() });
    assert.notEqual(response.status, 502);
    assert.equal(spotify.requests.all[0]?.method, 'HEAD');
  });

  for (const [what, { path = '/v1/me', ...headers }] of Object.entries<Record<string, string>>({
    'no secret': { Authorization: '' },
    'another secret': { Authorization: `Bearer ${'A'.repeat(43)}` },
    'the origin of a page': { Origin: 'https://example.com' },
    'a name that a page has for 127.0.0.1': { Host: 'example.com:80' },
    'a whole URL in place of a path': { path: 'http://example.com/v1/me' },
    'a path outside of the Web API': { path: '/api/token' },
  })) {
    it(`refuses a request with ${what}`, async () => {
      const given = { ...authorized(), ...headers };
      assert.equal(await statusOf(relay.url, path, given), 403);
      assert.deepEqual(spotify.requests.all, []);
    });
  }

  it('answers with an error after a sign-out', async () => {
    const getAccessToken = () => Promise.reject(new NoSessionError('There is no session.'));
    const { url, secret, close } = await start(createFetch({ getAccessToken }));
    const response = await fetch(`${url}/me`, { headers: { Authorization: `Bearer ${secret}` } });
    close();
    assert.equal(response.status, 502);
    assert.match(await response.text(), /There is no session/);
  });
});

/** Sends a path and headers that `fetch` would change, and returns the HTTP status. */
async function statusOf(url: string, path: string, headers: Record<string, string>) {
  const { hostname, port } = new URL(url);
  const request = httpRequest({ hostname, port, path, headers }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}
