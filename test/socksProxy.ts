import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const NO_CREDENTIALS = 0;
const USER_AND_PASSWORD = 2;
const NAME = 3;

/** A SOCKS 5 proxy (RFC 1928, RFC 1929) that accepts any credentials and connects to this machine. */
export class SocksProxy {
  readonly port: number;
  /** `host:port` of every connection, as the client names it: an address, or a name. */
  readonly targets: string[] = [];
  /** `user:password` of every connection with credentials. */
  readonly credentials: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => {
      this.#keep(client);
      void this.#serve(client).catch(() => client.destroy());
    });
  }

  static async start(): Promise<SocksProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new SocksProxy(server);
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
  }

  async #serve(client: Socket): Promise<void> {
    const [, , ...methods] = await next(client);
    if (methods.includes(USER_AND_PASSWORD)) {
      client.write(Buffer.of(5, USER_AND_PASSWORD));
      const message = await next(client);
      const nameEnd = 2 + (message[1] ?? 0);
      const [name, password] = [message.subarray(2, nameEnd), message.subarray(nameEnd + 1)];
      this.credentials.push(`${name.toString()}:${password.toString()}`);
      client.write(Buffer.of(1, 0));
    } else client.write(Buffer.of(5, NO_CREDENTIALS));
    const request = await next(client);
    const port = request.readUInt16BE(request.length - 2);
    const host =
      request[3] === NAME ? request.subarray(5, -2).toString() : request.subarray(4, -2).join('.');
    this.targets.push(`${host}:${port}`);
    const server = connect(port, '127.0.0.1');
    this.#keep(server);
    await once(server, 'connect');
    client.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    server.pipe(client).pipe(server);
  }
}

/** Returns the client's next message. Each is short, and the client waits for the answer to it. */
async function next(client: Socket): Promise<Buffer> {
  client.resume();
  const [message] = (await once(client, 'data')) as [Buffer];
  client.pause();
  return message;
}
