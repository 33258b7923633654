import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionError } from '../errors.ts';

/**
 * In bytes. Browsers need this much: they send the cookies of every server that ever ran on any port
 * of 127.0.0.1.
 */
const MAX_HEAD_SIZE = 32 * 1024;
const MAX_HEADERS = 100;
const MAX_CONNECTIONS = 64;

/**
 * Starts an HTTP server that clients cannot overload. It accepts one request per connection, with
 * at most 32 KiB and 100 header fields, which must arrive within `requestMs` milliseconds.
 * @throws ConnectionError when the port is in use.
 */
export function listenCapped(host: string, port: number, requestMs: number): Promise<Server> {
  const server = createServer({
    maxHeaderSize: MAX_HEAD_SIZE,
    requestTimeout: requestMs,
    // Node checks `requestTimeout` at this interval.
    connectionsCheckingInterval: Math.ceil(requestMs / 5),
  });
  server.maxHeadersCount = MAX_HEADERS;
  server.maxRequestsPerSocket = 1;
  capConnections(server);
  return new Promise((resolve, reject) => {
    // The listener stays: without one, a later error would end the process.
    server.on('error', (cause) => {
      reject(new ConnectionError(`Cannot listen on port ${port} of ${host}.`, cause, false));
    });
    server.listen({ host, port, exclusive: true }, () => {
      resolve(server);
    });
  });
}

/**
 * Closes the connection that has been silent longest when there are too many. `maxConnections` would
 * refuse the new one: then a program with idle connections could lock out the browser.
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
