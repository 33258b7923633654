import type { Memento } from 'vscode';

/** The steps, in their order. */
export const STEPS = ['app', 'redirectUris', 'clientId'] as const;
export type Step = (typeof STEPS)[number];

/** Where the set-up stopped, and what was typed by then. */
export interface SetUpState {
  readonly step: Step;
  readonly typed: string;
}

const KEY = 'setUp';

/** Remembers on this machine where an unfinished set-up stopped. */
export class SetUpProgress {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** Undefined where no set-up is unfinished. */
  get(): SetUpState | undefined {
    const { step, typed } = this.#memory.get<Partial<SetUpState>>(KEY) ?? {};
    const known = STEPS.find((name) => name === step);
    return known && { step: known, typed: typeof typed === 'string' ? typed : '' };
  }

  /** What cannot be remembered is typed again: nothing fails. */
  set(state: SetUpState): void {
    this.#update(state);
  }

  clear(): void {
    if (this.get()) this.#update(undefined);
  }

  #update(state: SetUpState | undefined): void {
    this.#memory.update(KEY, state).then(undefined, () => undefined);
  }
}
