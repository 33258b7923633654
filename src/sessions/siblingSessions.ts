import { normalizeScopes } from '../auth/scopes.ts';
import { covers } from './matchingSessions.ts';
import { isSibling } from './newSession.ts';
import type { StoredSession } from './storedSession.ts';

/** When the user consented, in seconds since the epoch. */
export const consentedAt = (session: StoredSession): number => session.consentedAt;

/** When Spotify last issued a token for the session, in seconds since the epoch. */
export const issuedAt = ({ refreshedAt, consentedAt }: StoredSession): number =>
  refreshedAt ?? consentedAt;

/**
 * Whether the session `other` may have ended together with a session that Spotify refused at `refusedAt`
 * (seconds since the epoch): Spotify has refused it, or has issued no token for it since. A password
 * reset, for example, ends all sessions of an account, and each of them is refused at its next refresh.
 */
export function mayHaveEnded(other: StoredSession, refusedAt: number): boolean {
  return other.suspendedAt !== undefined || issuedAt(other) < refusedAt;
}

/** Whether `other` is an active session of the same account and app, and covers the scopes. */
export function replaces(other: StoredSession, session: StoredSession): boolean {
  const isActive = other.suspendedAt === undefined;
  return isActive && isSibling(other, session) && covers(other, session.scopes);
}

/** The scopes of all `sessions`, each once. */
export const allScopes = (sessions: readonly StoredSession[]): string[] =>
  normalizeScopes(sessions.flatMap(({ scopes }) => scopes));
