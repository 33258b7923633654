import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** An HTTP proxy for `CONNECT` (RFC 9110 section 9.3.6), which records the tunnels. */
export class ConnectProxy {
  readonly url: string;
  /** `host:port` of every requested tunnel. */
  readonly tunnels: string[];
  readonly #server: Server;

  private constructor(server: Server, tunnels: string[]) {
    this.#server = server;
    this.tunnels = tunnels;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<ConnectProxy> {
    const tunnels: string[] = [];
    const server = createServer((_, response) => response.writeHead(405).end());
    server.on('connect', (request, client, head) => {
      const target = request.url ?? '';
      tunnels.push(target);
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
    return new ConnectProxy(server, tunnels);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
