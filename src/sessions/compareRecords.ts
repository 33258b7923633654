import { parseSession, type StoredSession } from './storedSession.ts';

/**
 * Whether the record `text` must not replace the record `known`. That is so if `text` has a lower
 * revision. It is also so if both have the same revision, and only the session of `text` is suspended.
 * False if either record cannot be parsed.
 */
export function isOlderRecord(text: string, known: string | undefined): boolean {
  const pair = parsePair(text, known);
  if (!pair) return false;
  const [one, other] = pair;
  return one.revision < other.revision || isSuspensionOfSameRevision(one, other);
}

/**
 * Whether two records have the same refresh token and the same time of consent. The rest may differ,
 * such as the access token and the revision. False if either record cannot be parsed.
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
 * share the secrets, but no lock, can write such a pair at the same time. Spotify then refused an older
 * refresh token than the one of `known`, so the suspension must not win: the session would be lost.
 */
export function isSuspensionOfSameRevision(session: StoredSession, known: StoredSession): boolean {
  const isOnlySuspended = session.suspendedAt !== undefined && known.suspendedAt === undefined;
  return isOnlySuspended && session.revision === known.revision;
}

/** Returns both sessions; undefined if either record cannot be parsed. */
function parsePair(
  text: string,
  known: string | undefined,
): [StoredSession, StoredSession] | undefined {
  const [one, other] = [parseSession(text), parseSession(known ?? '')];
  return typeof one === 'object' && typeof other === 'object' ? [one, other] : undefined;
}
