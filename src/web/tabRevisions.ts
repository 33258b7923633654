import type { SessionRevisions } from '../sessions/acrossWindows.ts';

/**
 * Keeps the tombstones of one tab in memory: the sessions that were signed out since the tab was
 * loaded, by this tab, or by another tab that told this one. With them, a refresh that ends after
 * the sign-out does not bring a session back. Revisions are not kept, because tabs broadcast whole
 * records.
 */
export class TabRevisions implements SessionRevisions {
  readonly #removed = new Set<string>();

  /** Always 0, which means that the revision is not known. */
  revision(): Promise<number> {
    return Promise.resolve(0);
  }

  isRemoved(id: string): Promise<boolean> {
    return Promise.resolve(this.#removed.has(id));
  }

  /** Does nothing, because revisions are not kept. */
  setRevision(): Promise<void> {
    return Promise.resolve();
  }

  setRemoved(id: string): Promise<void> {
    this.#removed.add(id);
    return Promise.resolve();
  }
}
