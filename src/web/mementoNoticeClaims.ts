import type { Memento } from 'vscode';
import type { NoticeClaims } from '../sessions/acrossWindows.ts';

const PREFIX = 'told:';

/**
 * Claims notices by entries in `globalState`. A tab reads `globalState` only when the tab is
 * loaded, so two open tabs may both show a notice.
 */
export class MementoNoticeClaims implements NoticeClaims {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  async claim(name: string): Promise<boolean> {
    if (this.#memory.get(PREFIX + name)) return false;
    // If the update fails, the notice may be shown twice, which is better than never.
    await Promise.allSettled([this.#memory.update(PREFIX + name, true)]);
    return true;
  }

  async release(name: string): Promise<void> {
    await this.#memory.update(PREFIX + name, undefined);
  }
}
