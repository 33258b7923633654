/** What a consumer is to do; it answers with an {@link Outcome} under the same id. */
export interface Task {
  readonly id: number;
  /** One of `tasks.ts`. */
  readonly name: string;
  readonly args: readonly unknown[];
}

/** What a task came to. A value that is undefined is left out, as JSON has it. */
export type Outcome = { readonly value?: unknown } | { readonly error: ThrownValue };

/** What was thrown; VS Code rejects with strings, too, whose name is `string` here. */
export interface ThrownValue {
  readonly name: string;
  readonly message: string;
}

/** The user setting that tells consumers where the test waits for them. */
export const CHANNEL_SETTING = 'tests.consumers';
