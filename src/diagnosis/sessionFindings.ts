import { SPOTIFY_SCOPES } from '../auth/spotifyScopes.ts';
import { grantedScopes } from '../sessions/matchingSessions.ts';
import { REFRESH_TOKEN_LIFETIME } from '../auth/tokenInfo.ts';
import type { StoredSession } from '../sessions/storedSession.ts';

/** A session, without what identifies its user or its app. */
export interface SessionFinding {
  /**
   * The number of the account: 1 for the account of the first session, 2 for the next account, and so
   * on.
   */
  readonly account: number;
  /** The granted scopes that Spotify documents. */
  readonly scopes: readonly string[];
  /** How many granted scopes Spotify does not document. */
  readonly otherScopes: number;
  /** Which app the session belongs to; `extensions` if an extension named the client ID. */
  readonly client: 'configured' | 'other' | 'extensions';
  /** Seconds until the access token expires; negative if it has expired. */
  readonly tokenSeconds: number;
  /** Seconds until the user has to consent again; negative if the consent has ended. */
  readonly consentSeconds: number;
  /**
   * Seconds since Spotify refused the session, which is suspended; undefined if it is not suspended.
   */
  readonly suspendedSeconds: number | undefined;
}

/**
 * Describes the sessions without what identifies their users and apps.
 * @param clientId The configured client ID.
 * @param now Seconds since the epoch.
 */
export function sessionFindings(
  sessions: readonly StoredSession[],
  clientId: string | undefined,
  now = Date.now() / 1000,
): SessionFinding[] {
  const accounts = [...new Set(sessions.map(({ account }) => account.id))];
  return sessions.map((session) => {
    const { account, token, consentedAt, suspendedAt } = session;
    const granted = grantedScopes(session);
    const scopes = granted.filter((scope) => DOCUMENTED.has(scope));
    return {
      account: accounts.indexOf(account.id) + 1,
      scopes,
      otherScopes: granted.length - scopes.length,
      client: clientOf(session, clientId),
      tokenSeconds: token.expiresAt - now,
      consentSeconds: consentedAt + REFRESH_TOKEN_LIFETIME - now,
      suspendedSeconds: suspendedAt === undefined ? undefined : now - suspendedAt,
    };
  });
}

function clientOf(session: StoredSession, clientId: string | undefined): SessionFinding['client'] {
  if (session.client.source === 'extension') return 'extensions';
  return session.client.id === clientId ? 'configured' : 'other';
}

const DOCUMENTED: ReadonlySet<string> = new Set(SPOTIFY_SCOPES);
