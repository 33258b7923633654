/** Another window refreshes, and does not come to an end. */
export class LockTimeoutError extends Error {
  override readonly name = 'LockTimeoutError';

  constructor() {
    super('Another window is refreshing the session.');
  }
}

/** One refresher at a time among the windows. */
export interface RefreshLock {
  /**
   * Runs `task` as the only one for `id`.
   * @throws LockTimeoutError when others hold it for `patienceMs`.
   */
  hold<T>(id: string, patienceMs: number, task: () => Promise<T>): Promise<T>;
}

/** Where windows have nothing in common that could be locked: everyone gets it. */
export const NO_LOCK: RefreshLock = { hold: (_id, _patienceMs, task) => task() };
