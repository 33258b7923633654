import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Outcome, Task } from './protocol.ts';

/** A consumer of one window, waiting for tasks. */
export interface Connection {
  /**
   * Has it do a task, whatever else it has under way, and waits for the end of that.
   * @throws Error with the name and message of what the task threw, or when the window is gone
   */
  perform(name: string, args: readonly unknown[]): Promise<unknown>;
}

interface RunningTask extends PromiseWithResolvers<unknown> {
  readonly consumer: ServerResponse;
}

/** Slow machines need half of it until an extension is active. */
const comesWithinMs = 90_000;

const openToEveryOrigin = { 'Access-Control-Allow-Origin': '*' };

/**
 * Where consumers get their tasks: a server of the test. One `GET /<extension ID>` of each is
 * answered with a line for every task, one `POST /<task ID>` brings an outcome.
 */
export class BackChannel {
  readonly url: string;
  /** Everything that tasks have come to, as it came. */
  outcomes = '';
  readonly #server: Server;
  readonly #arrivals = new EventEmitter();
  /** All that are there, with the extensions' IDs. */
  readonly #connections = new Map<Connection, string>();
  readonly #taken = new Set<Connection>();
  readonly #running = new Map<number, RunningTask>();
  #lastId = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      const [, path = ''] = request.url?.split('/') ?? [];
      if (request.method === 'GET') this.#welcome(path, response);
      else void this.#end(Number(path), request, response);
    });
  }

  static async open(): Promise<BackChannel> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new BackChannel(server);
  }

  /**
   * One that nobody has taken yet, as soon as there is one; every load of a window brings another.
   * @throws Error when none comes within a minute and a half
   */
  async take(extensionId: string): Promise<Connection> {
    const signal = AbortSignal.timeout(comesWithinMs);
    for (;;) {
      for (const [connection, id] of this.#connections) {
        if (id !== extensionId || this.#taken.has(connection)) continue;
        this.#taken.add(connection);
        return connection;
      }
      await once(this.#arrivals, 'arrival', { signal }).catch((cause: unknown) => {
        throw new Error(`${extensionId} has not come.`, { cause });
      });
    }
  }

  /** Has all that are there forget what they were told, and makes it as new: nobody is taken. */
  async reset(): Promise<void> {
    const all = [...this.#connections.keys()];
    await Promise.all(all.map((connection) => connection.perform('forget', [])));
    this.#taken.clear();
    this.outcomes = '';
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #welcome(extensionId: string, response: ServerResponse): void {
    response.writeHead(200, openToEveryOrigin).flushHeaders();
    const connection = {
      perform: (name: string, args: readonly unknown[]) => this.#begin(response, name, args),
    };
    response.once('close', () => {
      this.#connections.delete(connection);
      for (const [id, { consumer, reject }] of this.#running) {
        if (consumer !== response) continue;
        this.#running.delete(id);
        reject(new Error(`The window of ${extensionId} is gone.`));
      }
    });
    this.#connections.set(connection, extensionId);
    this.#arrivals.emit('arrival');
  }

  #begin(consumer: ServerResponse, name: string, args: readonly unknown[]): Promise<unknown> {
    const task: Task = { id: (this.#lastId += 1), name, args };
    const running = { consumer, ...Promise.withResolvers<unknown>() };
    // A test that fails before it looks at the outcome has failed for another reason.
    running.promise.catch(() => undefined);
    this.#running.set(task.id, running);
    consumer.write(`${JSON.stringify(task)}\n`);
    return running.promise;
  }

  async #end(id: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const outcome = JSON.parse(body) as Outcome;
    this.outcomes += body;
    response.writeHead(204, openToEveryOrigin).end();
    const running = this.#running.get(id);
    this.#running.delete(id);
    if (!('error' in outcome)) return running?.resolve(outcome.value);
    const { name, message } = outcome.error;
    running?.reject(Object.assign(new Error(message), { name }));
  }
}
