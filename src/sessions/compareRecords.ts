import { parseSession, type StoredSession } from './storedSession.ts';

/**
 * Whether the record `text` must not replace the record `known`: it has a lower revision, or at the
 * same revision it is suspended and `known` is not. False if either cannot be read.
 */
export function isOlderRecord(text: string, known: string | undefined): boolean {
  const pair = parsePair(text, known);
  if (!pair) return false;
  const [one, other] = pair;
  return one.revision < other.revision || isSuspensionOfSameRevision(one, other);
}

/**
 * Whether two records have the same refresh token and consent, so that only the access token and
 * what came with it can differ. False if either cannot be read.
 */
export function isSameGrant(text: string, known: string | undefined): boolean {
  const pair = parsePair(text, known);
  if (!pair) return false;
  const [one, other] = pair;
  return (
    one.token.refreshToken === other.token.refreshToken && one.consentedAt === other.consentedAt
  );
}

/**
 * Whether `session` is suspended, `known` is not, and both have the same revision. Two machines that
 * share the secrets, but no lock, can write such a pair at the same time. The refusal was of an older
 * refresh token then: to keep the suspension would lose the session.
 */
export function isSuspensionOfSameRevision(session: StoredSession, known: StoredSession): boolean {
  const isOnlySuspended = session.suspendedAt !== undefined && known.suspendedAt === undefined;
  return isOnlySuspended && session.revision === known.revision;
}

/** Both sessions; undefined if either record cannot be read. */
function parsePair(
  text: string,
  known: string | undefined,
): [StoredSession, StoredSession] | undefined {
  const [one, other] = [parseSession(text), parseSession(known ?? '')];
  return typeof one === 'object' && typeof other === 'object' ? [one, other] : undefined;
}
