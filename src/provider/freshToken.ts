import { isExpired } from '../auth/tokenInfo.ts';
import { TOKEN_CALL_TIMEOUT_MS } from '../common/timeLimits.ts';
import type { SessionRefresher } from '../sessions/sessionRefresher.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import type { SessionNotices } from './sessionNotices.ts';

/** A session that is returned for a request, and its access token. */
export interface FreshToken {
  readonly session: StoredSession;
  readonly accessToken: string;
  /** The error of the refresh if the access token has expired; undefined if the token is valid. */
  readonly failure?: unknown;
}

/**
 * Finds the first session of an account that has a valid access token, or that can be refreshed
 * within the time of VS Code's call. If there is none, but the refresh of a session failed, for
 * example because Spotify cannot be reached, returns that session with its expired token. Returns
 * undefined if only a new sign-in brings a token.
 * @param candidates The matching sessions of one account, the best first.
 */
export async function freshToken(
  candidates: readonly StoredSession[],
  refresher: SessionRefresher,
  notices: SessionNotices,
): Promise<FreshToken | undefined> {
  const end = performance.now() + TOKEN_CALL_TIMEOUT_MS;
  let failed: FreshToken | undefined;
  for (const session of candidates) {
    // After a failed refresh, VS Code's call leaves no time for another one.
    if (failed && isExpired(session.token, 0)) continue;
    try {
      const accessToken = await refresher.getAccessToken(session, end - performance.now());
      if (accessToken === undefined) continue;
      notices.answered(session);
      return { session, accessToken };
    } catch (failure) {
      // VS Code does not know of suspended sessions, so none is returned with an expired token.
      if (session.suspendedAt !== undefined) continue;
      failed ??= { session, accessToken: session.token.accessToken, failure };
    }
  }
  return failed;
}
