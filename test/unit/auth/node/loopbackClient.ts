import { type OutgoingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';

/** What a loopback server says, without its page. */
export interface Answer {
  readonly status: number | undefined;
  readonly location: string | undefined;
}

/** Follows no redirect, and can say another Host than the one it connects to. */
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

/** A connection to `origin` that a server may end as it likes. */
export function open(origin: string): Socket {
  const { hostname, port } = new URL(origin);
  return connect(Number(port), hostname.replace(/^\[|\]$/g, '')).on('error', () => undefined);
}

/** Sends `text` as it is; resolves with all that came back when the connection has ended. */
export async function send(origin: string, text: string): Promise<string> {
  const socket = open(origin);
  let answer = '';
  socket.setEncoding('latin1').on('data', (data: string) => (answer += data));
  socket.write(text, 'latin1');
  await closed(socket);
  return answer;
}

/** Resolves when the connection has ended, however that came about. */
export async function closed(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}
