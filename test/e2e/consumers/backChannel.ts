import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Outcome, Task } from './protocol.ts';

/** The connection to a consumer in a window. */
export interface Connection {
  /**
   * Runs a task in the consumer, also while others are running.
   * @returns the value of the task
   * @throws Error with the name and message of the task’s error, or if the window is gone
   */
  perform(name: string, args: readonly unknown[]): Promise<unknown>;
}

interface RunningTask extends PromiseWithResolvers<unknown> {
  readonly consumer: ServerResponse;
}

/** How long a consumer may take to connect. A slow machine needs half of it. */
const connectionLimitMs = 90_000;

const openToEveryOrigin = { 'Access-Control-Allow-Origin': '*' };

/**
 * The HTTP server from which consumers get their tasks. Each sends one `GET /<extension ID>`, whose
 * response has a line for every task, and a `POST /<task ID>` with the outcome of each task.
 */
export class BackChannel {
  readonly url: string;
  /** All outcomes of tasks, as JSON. */
  outcomes = '';
  readonly #server: Server;
  readonly #arrivals = new EventEmitter();
  /** All connections, with the extensions’ IDs. */
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
   * Waits for a connection that was not taken before. Every load of a window opens one.
   * @throws Error if there is none after a minute and a half
   */
  async take(extensionId: string): Promise<Connection> {
    const signal = AbortSignal.timeout(connectionLimitMs);
    for (;;) {
      for (const [connection, id] of this.#connections) {
        if (id !== extensionId || this.#taken.has(connection)) continue;
        this.#taken.add(connection);
        return connection;
      }
      await once(this.#arrivals, 'arrival', { signal }).catch((cause: unknown) => {
        throw new Error(`${extensionId} has not connected.`, { cause });
      });
    }
  }

  /** Undoes the effects of all tasks, and clears the outcomes. All connections can be taken again. */
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
    // If the test fails before it awaits the task, the rejection must not count as unhandled.
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
