import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback. */
export interface Listener {
  /** Without a trailing slash. */
  readonly origin: string;
  /** Closes the server and all connections, also those that wait for an answer. */
  close(): Promise<void>;
}

/** Starts a server. Port 0 means a free port. Rejects if the port is in use. */
export async function listen(
  answer: (incoming: IncomingMessage, response: ServerResponse) => Promise<void>,
  hostname: string,
  port: number,
): Promise<Listener> {
  const server = createServer((incoming, response) => {
    // It rejects if the connection breaks within the request. There is no client to answer then.
    answer(incoming, response).catch(() => response.destroy());
  });
  server.listen(port, hostname);
  await once(server, 'listening');

  const { address, family, port: actualPort } = server.address() as AddressInfo;
  return {
    origin: `http://${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
