import { once } from 'node:events';

/** An answer to a command (https://w3c.github.io/webdriver-bidi/#protocol-definition), or an event. */
interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

/** A session of WebDriver BiDi with a browser. */
export class BidiSession {
  readonly #socket: WebSocket;
  readonly #commands = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.#receive(JSON.parse(String(data)) as Message);
    });
  }

  /** Connects to a browser at its `ws:` URL, and accepts every certificate. */
  static async open(url: string): Promise<BidiSession> {
    const socket = new WebSocket(`${url}/session`);
    await once(socket, 'open');
    const session = new BidiSession(socket);
    await session.send('session.new', {
      capabilities: { alwaysMatch: { acceptInsecureCerts: true } },
    });
    return session;
  }

  /** Sends a command. Rejects with the browser’s error. */
  send(method: string, params: object): Promise<unknown> {
    const id = ++this.#lastId;
    const command = Promise.withResolvers<unknown>();
    this.#commands.set(id, command);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return command.promise;
  }

  #receive({ id = 0, result, error, message }: Message): void {
    const command = this.#commands.get(id);
    this.#commands.delete(id);
    if (error === undefined) command?.resolve(result);
    else command?.reject(new Error(`${error}: ${message}`));
  }
}
