import { serializeSession, type StoredSession } from './storedSession.ts';

/** The sessions that were added, changed and removed, as in VS Code's own change event. */
export interface SessionChangeEvent {
  readonly added: readonly StoredSession[];
  readonly changed: readonly StoredSession[];
  readonly removed: readonly StoredSession[];
}

/** Methods that the store calls when something happens to the sessions, in this window or another. */
export interface SessionWatcher {
  /** The sessions have been read for the first time in this window. */
  loaded?(): void;
  /** The sessions have changed. Called once for each real difference. */
  changed?(change: SessionChangeEvent): void;
  /** The record of the secret `key` cannot be parsed. The secret stays stored. */
  unreadable?(key: string): void;
  /** No window will find the session that was stored, because the editor does not list its secret. */
  notFound?(id: string): void;
  /** SecretStorage has lost the sessions that it had kept since the date `since` (ISO 8601). */
  storageLost?(since: string): void;
}

/**
 * Makes the event for VS Code when the record `before` of one session is replaced by `after`. Returns
 * undefined if VS Code sees no difference. `before` or `after` is undefined if there is no record.
 * @param others The records of all other sessions.
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
  // VS Code drops the account of a removed session, even if the account has other sessions. A change of
  // one of these brings the account back.
  const remaining = [...others].find((other) => visible(other) && hasSameAccountId(other, old));
  return { ...nothing, changed: remaining ? [remaining] : [], removed: [old] };
}

/** Returns the session as VS Code sees it: undefined for a suspended session. */
function visible(session: StoredSession | undefined): StoredSession | undefined {
  return session?.suspendedAt === undefined ? session : undefined;
}

/** Whether the two sessions differ in nothing but the revision. */
function isSame(a: StoredSession, b: StoredSession): boolean {
  return serializeSession({ ...a, revision: 0 }) === serializeSession({ ...b, revision: 0 });
}

function hasSameAccountId(a: StoredSession, b: StoredSession): boolean {
  return a.account.id === b.account.id;
}
