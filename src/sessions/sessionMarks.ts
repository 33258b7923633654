/**
 * What a window can know of the others' sessions before it reads their secrets, and never a token:
 * the revision of a session's newest record, and that it was signed out.
 */
export interface SessionRevisions {
  /** Generation of the newest record that any window has stored; 0 where it is not known. */
  revision(id: string): Promise<number>;
  /** Whether the session was signed out, in whatever window. */
  isRemoved(id: string): Promise<boolean>;
  setRevision(id: string, revision: number): Promise<void>;
  setRemoved(id: string): Promise<void>;
}
