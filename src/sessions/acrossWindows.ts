/** The error if another window holds the refresh lock of a session for too long. */
export class LockTimeoutError extends Error {
  override readonly name = 'LockTimeoutError';

  constructor() {
    super('Another window is refreshing the session.');
  }
}

/** Lets one window at a time refresh a session. Sign-ins by the relay use such a lock, too. */
export interface RefreshLock {
  /**
   * Runs `task` while no other window runs a task for the session `id`, and returns its result. The id
   * may also be another name.
   * @throws LockTimeoutError when other windows hold the lock for `patienceMs` milliseconds.
   */
  hold<T>(id: string, patienceMs: number, task: () => Promise<T>): Promise<T>;
}

/**
 * A lock that locks nothing: every task runs at once. It is for windows that share nothing that could
 * be locked.
 */
export const NO_LOCK: RefreshLock = { hold: (_id, _patienceMs, task) => task() };

/**
 * Notes about stored sessions that all windows share: the revision of the newest record of a session,
 * and a tombstone for a session that was signed out. They are needed because secrets reach other
 * windows late. They contain no tokens.
 */
export interface SessionRevisions {
  /**
   * Returns the ids of the sessions that any window has stored and none has signed out; undefined if they
   * are not known. The secrets of some may be lost. The method is missing where ids are not kept.
   */
  ids?(): Promise<string[] | undefined>;
  /** Returns the revision of the newest record that any window has stored; 0 if it is not known. */
  revision(id: string): Promise<number>;
  /** Whether any window has signed the session out. */
  isRemoved(id: string): Promise<boolean>;
  setRevision(id: string, revision: number): Promise<void>;
  /** Leaves a tombstone for the session. */
  setRemoved(id: string): Promise<void>;
}

/** Decides which window shows a notice, so that the user sees it once. */
export interface NoticeClaims {
  /** True for the first caller of all windows, until the notice is released. */
  claim(name: string): Promise<boolean>;
  /** Lets the next caller claim the notice again. */
  release(name: string): Promise<void>;
}
