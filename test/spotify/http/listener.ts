import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Service } from '../service.ts';
import type { Host } from './endpoint.ts';
import { serve } from './serve.ts';

/** One of the two hosts, listening. */
export interface Listener {
  /** Without a trailing slash. */
  readonly origin: string;
  /** Ends every connection, also those whose request is still waiting for its answer. */
  close(): Promise<void>;
}

/** Port 0 takes a free one. Rejects when the port is taken. */
export async function listen(
  spotify: Service,
  host: Host,
  hostname: string,
  port: number,
): Promise<Listener> {
  const server = createServer((incoming, response) => {
    // Rejects when the connection breaks within the request: nobody is left to be told.
    serve(spotify, host, incoming, response).catch(() => response.destroy());
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
