import type { NoticeClaims } from '../sessions/acrossWindows.ts';
import type { StoredSession } from '../sessions/storedSession.ts';

/** A notice about one session and all others that it concerns. The user sees it once for all of them. */
export interface SharedNotice {
  /** The name under which the notice is claimed for one of the sessions. */
  readonly name: (session: StoredSession) => string;
  /** The time by which the latest of the sessions is found, in seconds since the epoch. */
  readonly time: (session: StoredSession) => number;
  /** Whether the notice is also about this session. */
  readonly concerns: (other: StoredSession) => boolean;
  /** Whether a session in `all` makes the notice needless. */
  readonly isNeedless?: (all: readonly StoredSession[]) => boolean;
  /** Whether the button signs in with the configured client ID, not with that of the session. */
  readonly needsOtherClient?: boolean;
  /**
   * A session with a later consent than this (seconds since the epoch) has mended the cause by the time
   * that the user chooses the button; 0 by default.
   */
  readonly consentedAfter?: number;
}

/** Returns `session`, and the sessions in `all` that its notice concerns. */
export function concernedBy(
  { concerns }: SharedNotice,
  session: StoredSession,
  all: readonly StoredSession[],
): StoredSession[] {
  return [session, ...all.filter((other) => other.id !== session.id && concerns(other))];
}

/**
 * Claims a notice for all sessions that it concerns. Returns whether to show it: it is not needless, and
 * has not been claimed for `session` before. Two windows may claim it for two of the sessions at once.
 * Then the window that claims it for the latest session shows it.
 */
export async function claimShared(
  claims: NoticeClaims,
  notice: SharedNotice,
  session: StoredSession,
  all: readonly StoredSession[],
): Promise<boolean> {
  const { name, time, isNeedless } = notice;
  if (isNeedless?.(all) || !(await claims.claim(name(session)))) return false;
  let isFirst = true;
  const concerned = concernedBy(notice, session, all).sort((a, b) => time(a) - time(b));
  for (const one of concerned) isFirst = one === session || (await claims.claim(name(one)));
  return isFirst;
}
