import { serializeSession, type StoredSession } from './storedSession.ts';

/** The sessions that were added, changed and removed, as in VS Code's own change event. */
export interface SessionChangeEvent {
  readonly added: readonly StoredSession[];
  readonly changed: readonly StoredSession[];
  readonly removed: readonly StoredSession[];
}

/** Is told what happens to the sessions, in this window or another. */
export interface SessionWatcher {
  /** The sessions have been read for the first time in this window. */
  loaded?(): void;
  /** The sessions have changed: called once per real difference. */
  changed?(change: SessionChangeEvent): void;
  /** The record of the secret `key` cannot be read. It is left in place. */
  unreadable?(key: string): void;
  /** SecretStorage has lost the sessions that it had kept since the date `since` (ISO 8601). */
  storageLost?(since: string): void;
}

/**
 * The event for VS Code when the record `before` of one session becomes `after`. Undefined if VS Code
 * sees no difference. `others` are the records of all other sessions.
 */
export function sessionChangeEvent(
  before: StoredSession | undefined,
  after: StoredSession | undefined,
  others: Iterable<StoredSession>,
): SessionChangeEvent | undefined {
  const [old, current] = [visible(before), visible(after)];
  const nothing: SessionChangeEvent = { added: [], changed: [], removed: [] };
  if (current && !old) return { ...nothing, added: [current] };
  if (current && old) return isSame(old, current) ? undefined : { ...nothing, changed: [current] };
  if (!old) return undefined;
  // VS Code drops the account of a removed session, though others of it remain. A change brings it back.
  const remaining = [...others].find((other) => visible(other) && hasSameAccountId(other, old));
  return { ...nothing, changed: remaining ? [remaining] : [], removed: [old] };
}

/** The session as VS Code sees it: a suspended one does not exist. */
function visible(session: StoredSession | undefined): StoredSession | undefined {
  return session?.suspendedAt === undefined ? session : undefined;
}

/** Whether nothing but the revision differs. */
function isSame(a: StoredSession, b: StoredSession): boolean {
  return serializeSession({ ...a, revision: 0 }) === serializeSession({ ...b, revision: 0 });
}

function hasSameAccountId(a: StoredSession, b: StoredSession): boolean {
  return a.account.id === b.account.id;
}
