import assert from 'node:assert/strict';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type LocalServer, startServer } from '../../../examples/mcp-server/server.ts';
import { createFetch } from '../../../src/adapters/vscode.ts';
import { openScene } from '../adapters/adapterScene.ts';
import { CountingProvider, standInFetch } from '../adapters/standInFetch.ts';
import type { Spotify } from '../../spotify/index.ts';

/** About examples/mcp-server/server.ts. */
describe('the MCP server of the examples', () => {
  let spotify: Spotify;
  let provider: CountingProvider;
  let server: LocalServer;

  before(async () => {
    const { spotify: opened, app, alva } = await openScene();
    spotify = opened;
    alva.nowPlaying = 'Gymnopédie No. 1';
    const scope = ['user-read-currently-playing'];
    provider = new CountingProvider(() => spotify.tokens.issue(alva, app, scope).accessToken);
    server = await startServer(createFetch(provider, { fetch: standInFetch(spotify) }));
  });
  after(async () => {
    server.close();
    await spotify.close();
  });

  it('answers the SDK’s client, also after the end of Spotify’s token', async () => {
    const client = await connect(server);
    assert.match(await call(client, 'now_playing'), /Gymnopédie/);
    const [asked] = spotify.requests.to('currently-playing');
    assert.equal(asked?.query.get('additional_types'), 'track,episode');
    spotify.tokens.expireAccessTokens();
    assert.match(await call(client, 'now_playing'), /Gymnopédie/);
    assert.equal(provider.renewals, 1);
    assert.match(await call(client, 'search', { query: 'clair & lune' }), /Clair de lune/);
    assert.equal(spotify.requests.to('search').at(-1)?.query.get('q'), 'clair & lune');
    await client.close();
  });

  it('has only tools that read, for which VS Code needs no confirmation', async () => {
    const client = await connect(server);
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint]),
      [
        ['now_playing', true],
        ['search', true],
      ],
    );
    await client.close();
  });

  it('tells the model why Spotify did not answer', async () => {
    spotify.faults.next(1, { on: 'currently-playing', status: 503 });
    const client = await connect(server);
    const answer = await call(client, 'now_playing');
    assert.match(answer, /"isError":true/);
    assert.match(answer, /HTTP status 503/);
    await client.close();
  });

  for (const [what, { status, ...headers }] of Object.entries({
    'no secret': { status: 401, Authorization: '' },
    'another secret': { status: 401, Authorization: `Bearer ${'A'.repeat(43)}` },
    'the origin of a page': { status: 403, Origin: 'https://example.com' },
    'a name that a page has for 127.0.0.1': { status: 403, Host: 'example.com:80' },
  })) {
    it(`refuses a request with ${what}, before it asks for a token`, async () => {
      const asked = provider.asked;
      const given = { Authorization: server.authorization, ...headers };
      assert.equal(await post(server.url, given), status);
      assert.equal(provider.asked, asked);
    });
  }

  it('has another secret after each start', async () => {
    const { authorization, close } = await startServer(fetch);
    close();
    assert.notEqual(authorization, server.authorization);
  });
});

async function connect({ url, authorization }: LocalServer): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: { Authorization: authorization } };
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit });
  await client.connect(transport);
  return client;
}

/** Calls a tool, and returns its result as JSON. */
async function call(client: Client, name: string, input = {}): Promise<string> {
  return JSON.stringify(await client.callTool({ name, arguments: input }));
}

/** Calls a tool with headers that `fetch` would not send, and returns the HTTP status. */
async function post(url: string, headers: Record<string, string>): Promise<unknown> {
  const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'now_playing' } };
  const accepted = { Accept: 'application/json, text/event-stream' };
  const sent = Object.entries({ ...accepted, ...headers, 'Content-Type': 'application/json' });
  const request = httpRequest(url, { method: 'POST' });
  for (const [name, value] of sent) request.setHeader(name, value);
  request.end(JSON.stringify(message));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}
