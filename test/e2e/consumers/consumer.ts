import type { Connection } from './backChannel.ts';
import type { Tasks } from './tasks.ts';

type Arguments<Name extends keyof Tasks> = Parameters<Tasks[Name]>;
type Value<Name extends keyof Tasks> = Awaited<ReturnType<Tasks[Name]>>;

/** A test extension in a window. It runs the tasks of `tasks.ts` when the test tells it to. */
export class Consumer {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Runs a task. Arguments and value pass through JSON. Rejects with the task’s error. */
  run<Name extends keyof Tasks>(name: Name, ...args: Arguments<Name>): Promise<Value<Name>> {
    return this.#connection.perform(name, args) as Promise<Value<Name>>;
  }

  /** Calls VS Code’s `getSession` for `spotify` with these arguments. */
  getSession(...args: Arguments<'getSession'>): Promise<Value<'getSession'>> {
    return this.run('getSession', ...args);
  }

  /** Requests a session with `silent`, so that the user sees nothing. */
  silentSession(scopes: readonly string[]): Promise<Value<'getSession'>> {
    return this.getSession(scopes, { silent: true });
  }

  /** Waits until the consumer has counted more than `moreThan` events. Returns the number. */
  async untilChanges(moreThan: number): Promise<number> {
    for (;;) {
      const count = await this.run('countChanges');
      if (count > moreThan) return count;
    }
  }
}
