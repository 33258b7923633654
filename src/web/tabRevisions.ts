import type { SessionRevisions } from '../sessions/acrossWindows.ts';

/**
 * In the memory of a tab: what was signed out since it was loaded, here or in a tab that tells. A token
 * that another tab got meanwhile brings no such session back.
 */
export class TabRevisions implements SessionRevisions {
  readonly #removed = new Set<string>();

  /** The secrets alone have to do: what another tab tells is in them. */
  revision(): Promise<number> {
    return Promise.resolve(0);
  }

  isRemoved(id: string): Promise<boolean> {
    return Promise.resolve(this.#removed.has(id));
  }

  setRevision(): Promise<void> {
    return Promise.resolve();
  }

  setRemoved(id: string): Promise<void> {
    this.#removed.add(id);
    return Promise.resolve();
  }
}
