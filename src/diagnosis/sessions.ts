import { SPOTIFY_SCOPES } from '../auth/scopes.ts';
import { grantedScopes } from '../sessions/matchingSessions.ts';
import { REFRESH_TOKEN_LIFETIME } from '../sessions/sessionTimes.ts';
import type { StoredSession } from '../sessions/storedSession.ts';

/** What may be known of a session: neither whose it is, nor of which app. */
export interface SessionFinding {
  /** The same for the sessions of one account, beginning with 1. */
  readonly account: number;
  /** The granted ones that Spotify documents; of others, only how many. */
  readonly scopes: readonly string[];
  readonly otherScopes: number;
  readonly client: 'configured' | 'other' | 'extensions';
  /** Seconds until the access token ends; negative for since. */
  readonly tokenSeconds: number;
  /** Seconds until the consent ends. */
  readonly consentSeconds: number;
  /** Seconds since Spotify has refused it; undefined where it has not. */
  readonly suspendedSeconds: number | undefined;
}

/** @param now Seconds since the epoch. */
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
