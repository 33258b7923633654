import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, type Listener } from '../test/spotify/http/listener.ts';
import { readRequest, type SpotifyRequest } from '../test/spotify/http/request.ts';
import type { Service } from '../test/spotify/service.ts';
import { controlHandlers } from './controlHandlers.ts';
import type { Controls } from './standIn.ts';

/** What the server controls. */
interface Controlled {
  readonly controls: Controls;
  readonly spotify: Service;
  readonly close: () => Promise<void>;
}

/** Starts the server at which other processes control the stand-in. All its bodies are JSON. */
export function startControlServer(
  { controls, spotify, close }: Controlled,
  host: string,
  port: number,
): Promise<Listener> {
  return listen(answer, host, port);

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const { status, body } = handle(controls, spotify, request);
    const isStop = request.path === '/stop' && status === 200;
    if (isStop) response.once('finish', () => void close());
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
    response.end(`${JSON.stringify(body, null, 2)}\n`);
  }
}

function handle(controls: Controls, spotify: Service, request: SpotifyRequest) {
  const { method, path, json, headers } = request;
  const id = /^\/users\/([^/]+)$/.exec(path)?.[1];
  const handler = controlHandlers[`${method} ${id === undefined ? path : '/users/{id}'}`];
  if (!handler) {
    const list = 'The README of @spotify-sdk/stand-in lists what there is';
    return failure(404, `There is no ${method} ${path}. ${list}, in “The control address”.`);
  }
  // A web page cannot send this type to another origin without asking first (Fetch, CORS-safelisted).
  const hasBody = method === 'POST' || method === 'PATCH';
  if (hasBody && !headers['content-type']?.startsWith('application/json')) {
    return failure(415, 'Send a JSON object with the header Content-Type: application/json.');
  }
  if (hasBody && (typeof json !== 'object' || json === null)) {
    return failure(400, 'The body is no JSON object.');
  }
  try {
    const userId = decodeURIComponent(id ?? '');
    const body = handler({ controls, spotify, body: json ?? {}, userId });
    return { status: 200, body: body ?? {} };
  } catch (error) {
    return failure(400, error instanceof Error ? error.message : String(error));
  }
}

const failure = (status: number, error: string) => ({ status, body: { error } });
