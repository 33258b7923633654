import type { Memento } from 'vscode';

/** The steps, in the order in which they are shown. */
const STEPS = ['app', 'redirectUris', 'clientId'] as const;
export type Step = (typeof STEPS)[number];

/** The state in which an unfinished set-up resumes. */
export interface SetUpState {
  readonly step: Step;
  /** The text that the user typed into the box for the client ID. */
  readonly typed: string;
}

const KEY = 'setUp';

/** Stores the state of an unfinished set-up. All windows of this computer share this state. */
export class SetUpProgress {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** Returns the state of the unfinished set-up; undefined if no set-up is unfinished. */
  get(): SetUpState | undefined {
    const { step, typed } = this.#memory.get<Partial<SetUpState>>(KEY) ?? {};
    const known = STEPS.find((name) => name === step);
    return known && { step: known, typed: typeof typed === 'string' ? typed : '' };
  }

  /** Stores the state. Ignores a failure: the user then has to enter the client ID again. */
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
