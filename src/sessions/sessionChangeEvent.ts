import { serializeSession, type StoredSession } from './storedSession.ts';

/** What became of the sessions, once per real difference. */
export interface SessionChangeEvent {
  readonly added: readonly StoredSession[];
  readonly changed: readonly StoredSession[];
  readonly removed: readonly StoredSession[];
}

/**
 * What VS Code has to be told when `before` becomes `after`, one session's record each, among the
 * `others`; undefined when it sees no difference.
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
  // VS Code drops the account with its first session; naming another one brings it back.
  const remaining = [...others].find((other) => visible(other) && hasSameAccountId(other, old));
  return { ...nothing, changed: remaining ? [remaining] : [], removed: [old] };
}

/** A session kept aside does not exist for VS Code. */
function visible(session: StoredSession | undefined): StoredSession | undefined {
  return session?.suspendedAt === undefined ? session : undefined;
}

function isSame(a: StoredSession, b: StoredSession): boolean {
  return serializeSession({ ...a, revision: 0 }) === serializeSession({ ...b, revision: 0 });
}

function hasSameAccountId(a: StoredSession, b: StoredSession): boolean {
  return a.account.id === b.account.id;
}
