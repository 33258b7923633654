import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecure, Server as SecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Certificate } from './certificates.ts';

/** An HTTP proxy for `CONNECT` (RFC 9110 section 9.3.6), which records the tunnels. */
export class ConnectProxy {
  readonly url: string;
  /** `host:port` of every requested tunnel. */
  readonly tunnels: string[];
  /** The header `Proxy-Authorization` of every tunnel; empty if there was none. */
  readonly credentials: string[];
  readonly #server: Server;

  private constructor(server: Server, tunnels: string[], credentials: string[]) {
    this.#server = server;
    this.tunnels = tunnels;
    this.credentials = credentials;
    this.url = `${server instanceof SecureServer ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** @param certificate makes it a proxy that speaks TLS. */
  static async start(certificate?: Certificate): Promise<ConnectProxy> {
    const tunnels: string[] = [];
    const credentials: string[] = [];
    const refuse: RequestListener = (_, response) => response.writeHead(405).end();
    const server = certificate ? createSecure(certificate, refuse) : createServer(refuse);
    server.on('connect', (request, client, head) => {
      const target = request.url ?? '';
      tunnels.push(target);
      credentials.push(request.headers['proxy-authorization'] ?? '');
      const { hostname, port } = new URL(`http://${target}`);
      const upstream = connect(Number(port), hostname, () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ConnectProxy(server, tunnels, credentials);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
