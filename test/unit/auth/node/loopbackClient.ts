import { type OutgoingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';

/** An answer of a loopback server, without its body. */
export interface Answer {
  readonly status: number | undefined;
  readonly location: string | undefined;
}

/** Sends a request, with any `Host` header. Does not follow redirects. */
export function get(
  url: string,
  { method = 'GET', ...headers }: OutgoingHttpHeaders & { method?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers: { host: new URL(url).host, ...headers } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, location: response.headers.location });
    })
      .on('error', reject)
      .end();
  });
}

/** Opens a connection to `origin`. The server may end it in any way. */
export function open(origin: string): Socket {
  const { hostname, port } = new URL(origin);
  return connect(Number(port), hostname.replace(/^\[|\]$/g, '')).on('error', () => undefined);
}

/** Sends `text` as it is. Resolves with everything received when the connection has ended. */
export async function send(origin: string, text: string): Promise<string> {
  const socket = open(origin);
  let answer = '';
  socket.setEncoding('latin1').on('data', (data: string) => (answer += data));
  socket.write(text, 'latin1');
  await closed(socket);
  return answer;
}

/** Resolves when the connection has ended, also after an error. */
export async function closed(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}
