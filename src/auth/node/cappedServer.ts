import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionError } from '../errors.ts';

/**
 * In bytes. As generous as a browser needs: 127.0.0.1 gets the cookies of every server that ran on
 * any port of it.
 */
const MAX_HEAD_SIZE = 32 * 1024;
const MAX_HEADERS = 100;
const MAX_CONNECTIONS = 64;

/**
 * An HTTP server that clients cannot exhaust. It reads one request per connection, not above
 * 32 KiB and 100 header fields, within `requestMs` milliseconds.
 * @throws ConnectionError when the port is taken.
 */
export function listenCapped(host: string, port: number, requestMs: number): Promise<Server> {
  const server = createServer({
    maxHeaderSize: MAX_HEAD_SIZE,
    requestTimeout: requestMs,
    // Node looks at the time limit this often only.
    connectionsCheckingInterval: Math.ceil(requestMs / 5),
  });
  server.maxHeadersCount = MAX_HEADERS;
  server.maxRequestsPerSocket = 1;
  capConnections(server);
  return new Promise((resolve, reject) => {
    // Also for what goes wrong later, which without a listener would end the process.
    server.on('error', (cause) => {
      reject(new ConnectionError(`Cannot listen on port ${port} of ${host}.`, cause, false));
    });
    server.listen({ host, port, exclusive: true }, () => {
      resolve(server);
    });
  });
}

/**
 * Of too many connections the one gives way that has been silent the longest. `maxConnections`
 * would turn away the new one: with idle connections anybody could lock the browser out.
 */
function capConnections(server: Server): void {
  const open = new Set<Socket>();
  const silent = new Set<Socket>();
  const forget = (socket: Socket) => {
    open.delete(socket);
    silent.delete(socket);
  };
  server.on('connection', (socket: Socket) => {
    if (open.size >= MAX_CONNECTIONS) {
      for (const oldest of silent.size > 0 ? silent : open) {
        forget(oldest);
        oldest.destroy();
        break;
      }
    }
    open.add(socket);
    silent.add(socket);
    socket.once('close', () => {
      forget(socket);
    });
  });
  server.on('request', ({ socket }) => {
    silent.delete(socket);
  });
}
