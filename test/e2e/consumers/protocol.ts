/** A task for a consumer, which answers with an {@link Outcome} under the same id. */
export interface Task {
  readonly id: number;
  /** The name of a task in `tasks.ts`. */
  readonly name: string;
  readonly args: readonly unknown[];
}

/** The value or the error of a task. JSON leaves an undefined value out. */
export type Outcome = { readonly value?: unknown } | { readonly error: ThrownValue };

/** An error of a task. VS Code also rejects with strings, whose name is `string` here. */
export interface ThrownValue {
  readonly name: string;
  readonly message: string;
}

/** The user setting with the URL from which consumers get their tasks. */
export const CHANNEL_SETTING = 'tests.consumers';
