import type { Memento } from 'vscode';
import type { NoticeClaims } from '../sessions/acrossWindows.ts';

const PREFIX = 'told:';

/** By `globalState`, which another tab sees when it is loaded: one that is open may tell it, too. */
export class MementoNoticeClaims implements NoticeClaims {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  async claim(name: string): Promise<boolean> {
    if (this.#memory.get(PREFIX + name)) return false;
    // Better told twice than never.
    await Promise.allSettled([this.#memory.update(PREFIX + name, true)]);
    return true;
  }

  async release(name: string): Promise<void> {
    await this.#memory.update(PREFIX + name, undefined);
  }
}
