import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

export interface LocalServer {
  readonly url: string;
  /** The header `Authorization` of every request: a secret of this server, not Spotify's token. */
  readonly authorization: string;
  readonly close: () => void;
}

/**
 * Starts an MCP server on a free port of 127.0.0.1.
 * @param spotifyFetch adds the user's token to each request, so that no token is kept here
 */
export async function startServer(spotifyFetch: typeof fetch): Promise<LocalServer> {
  const authorization = `Bearer ${randomBytes(32).toString('base64url')}`;
  const server = createServer((request, response) => {
    const status = refusal(request, host, authorization);
    if (status) response.writeHead(status).end();
    else answer(request, response, spotifyFetch).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}/mcp`, authorization, close: () => void server.close() };
}

/** Returns the HTTP status that refuses a request; undefined for a request to answer. */
function refusal({ headers, method }: IncomingMessage, host: string, authorization: string) {
  // A web page sends its Origin, or reaches 127.0.0.1 by a name of its own, which is the Host then.
  if (headers.host !== host || headers.origin !== undefined) return 403;
  // Digests have one length, which `timingSafeEqual` needs.
  if (!timingSafeEqual(digest(headers.authorization ?? ''), digest(authorization))) return 401;
  return method === 'POST' ? undefined : 405;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Answers one request. The server has no sessions, so each request gets an object of its own. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  spotifyFetch: typeof fetch,
): Promise<void> {
  const server = createMcpServer(spotifyFetch);
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
  response.once('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response);
}

function createMcpServer(spotifyFetch: typeof fetch): McpServer {
  const server = new McpServer({ name: 'spotify-example', version: '0.1.0' });
  // VS Code asks the user before it calls a tool without this hint.
  const annotations = { readOnlyHint: true };
  const get = async (path: string) => {
    const response = await spotifyFetch(`https://api.spotify.com/v1/${path}`);
    if (!response.ok) throw new Error(`Spotify answered with HTTP status ${response.status}.`);
    // The body is empty if nothing plays.
    return { content: [{ type: 'text' as const, text: (await response.text()) || '{}' }] };
  };
  server.registerTool(
    'now_playing',
    { description: 'Returns what the user is listening to, as Spotify’s JSON.', annotations },
    // Without the types, Spotify answers with no item while a podcast plays.
    () => get('me/player/currently-playing?additional_types=track,episode'),
  );
  server.registerTool(
    'search',
    {
      description: 'Searches for up to five tracks. Returns Spotify’s JSON.',
      inputSchema: { query: z.string().describe('Words of the title or the artist’s name.') },
      annotations,
    },
    ({ query }) => get(`search?type=track&limit=5&q=${encodeURIComponent(query)}`),
  );
  return server;
}
