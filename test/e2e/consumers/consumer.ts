import type { Connection } from './backChannel.ts';
import type { Tasks } from './tasks.ts';

type Arguments<Name extends keyof Tasks> = Parameters<Tasks[Name]>;
type Value<Name extends keyof Tasks> = Awaited<ReturnType<Tasks[Name]>>;

/** An extension of one window, which does what the test has it do: see `tasks.ts`. */
export class Consumer {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Runs a task: its arguments and its value are what JSON leaves of them. Rejects as it does. */
  run<Name extends keyof Tasks>(name: Name, ...args: Arguments<Name>): Promise<Value<Name>> {
    return this.#connection.perform(name, args) as Promise<Value<Name>>;
  }

  /** VS Code's, with exactly these arguments. */
  getSession(...args: Arguments<'getSession'>): Promise<Value<'getSession'>> {
    return this.run('getSession', ...args);
  }

  /** What it gets that disturbs nobody. */
  silently(scopes: readonly string[]): Promise<Value<'getSession'>> {
    return this.getSession(scopes, { silent: true });
  }

  /** Waits until it has heard of more changes than these, and returns how many by now. */
  async untilChanges(moreThan: number): Promise<number> {
    for (;;) {
      const count = await this.run('countChanges');
      if (count > moreThan) return count;
    }
  }
}
