import { isExpired } from '../auth/tokenInfo.ts';
import { TOKEN_CALL_TIMEOUT_MS } from '../common/timeLimits.ts';
import type { SessionRefresher } from '../sessions/sessionRefresher.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import type { SessionNotices } from './sessionNotices.ts';

/** A session that answers a request, and its access token. */
export interface FreshToken {
  readonly session: StoredSession;
  readonly accessToken: string;
  /** Why the access token has expired; undefined for a token that is valid. */
  readonly failure?: unknown;
}

/**
 * The access token of the first of an account's sessions that has a valid one, within the time that
 * VS Code's call may take. Undefined where Spotify has ended all of them. Where Spotify cannot be
 * reached, the token of the first session, expired, with the reason.
 */
export async function freshToken(
  candidates: readonly StoredSession[],
  refresher: SessionRefresher,
  notices: SessionNotices,
): Promise<FreshToken | undefined> {
  const end = Date.now() + TOKEN_CALL_TIMEOUT_MS;
  let failed: FreshToken | undefined;
  for (const session of candidates) {
    // A second request after a failure would take longer than VS Code's call may.
    if (failed && isExpired(session.token, 0)) continue;
    try {
      const accessToken = await refresher.getAccessToken(session, end - Date.now());
      if (accessToken === undefined) continue;
      notices.answered(session);
      return { session, accessToken };
    } catch (failure) {
      notices.failed(session, failure);
      // VS Code does not know of a suspended session, so its failure is none.
      if (session.suspendedAt !== undefined) continue;
      failed ??= { session, accessToken: session.token.accessToken, failure };
    }
  }
  return failed;
}
