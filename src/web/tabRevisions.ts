import type { SessionRevisions } from '../sessions/acrossWindows.ts';

/**
 * The tombstones of one tab, in memory: the sessions that were signed out since the tab was loaded, by
 * this tab or by one that has told it. A refresh that ends after the sign-out does not bring a session
 * back. Revisions are not kept: another tab broadcasts the whole record.
 */
export class TabRevisions implements SessionRevisions {
  readonly #removed = new Set<string>();

  /** Always 0, for unknown. */
  revision(): Promise<number> {
    return Promise.resolve(0);
  }

  isRemoved(id: string): Promise<boolean> {
    return Promise.resolve(this.#removed.has(id));
  }

  /** Does nothing. */
  setRevision(): Promise<void> {
    return Promise.resolve();
  }

  setRemoved(id: string): Promise<void> {
    this.#removed.add(id);
    return Promise.resolve();
  }
}
