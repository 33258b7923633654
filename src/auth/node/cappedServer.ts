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
 * @throws ConnectionError when the port is in use, or the machine does not have the address `host`.
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
      reject(new ConnectionError(fault(host, port, cause), cause, false));
    });
    server.listen({ host, port, exclusive: true }, () => {
      resolve(server);
    });
  });
}

/**
 * Starts such servers on `port` of the first host, and of those of the other hosts that the machine has.
 * @throws ConnectionError when the port is in use, or the machine does not have the first host.
 */
export async function listenCappedOnAll(
  [host, ...others]: readonly [string, ...string[]],
  port: number,
  requestMs: number,
): Promise<[Server, ...Server[]]> {
  const servers: [Server, ...Server[]] = [await listenCapped(host, port, requestMs)];
  for (const other of others) {
    try {
      servers.push(await listenCapped(other, port, requestMs));
    } catch (error) {
      if (isMissingAddress(error)) continue;
      await Promise.all(servers.map(closeServer));
      throw error;
    }
  }
  return servers;
}

/** Closes a server and its connections. Resolves when they are closed. */
export function closeServer(server: Server): Promise<unknown> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  return closed;
}

/** Whether `error` says that the machine has no such address, as without IPv6. */
function isMissingAddress(error: unknown): boolean {
  const { code } = ((error as Error | undefined)?.cause ?? {}) as NodeJS.ErrnoException;
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
}

function fault(host: string, port: number, { code }: NodeJS.ErrnoException): string {
  const reason = code === 'EADDRINUSE' ? ': another program listens there' : '';
  return `Cannot listen on port ${port} of ${host}${reason}.`;
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
      const [oldest = socket] = silent.size > 0 ? silent : open;
      forget(oldest);
      oldest.destroy();
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
