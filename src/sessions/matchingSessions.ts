import { normalizeScopes } from '../auth/scopes.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import { type Client, isSameClient } from '../common/client.ts';
import { mayBeRefreshed } from './sessionTimes.ts';
import type { StoredSession } from './storedSession.ts';

/** The requirements of an extension's request for a session. */
export interface SessionQuery {
  readonly scopes: readonly string[];
  /** Only sessions of this account match; undefined for any account. */
  readonly accountId: string | undefined;
  /** Active sessions of this client ID come first. */
  readonly preferredClientId: string | undefined;
  /**
   * The client ID that the extension named; undefined if it named none. If the extension named one,
   * only sessions of that client ID match. Otherwise only sessions match whose client ID is from the
   * settings or the environment.
   */
  readonly client?: Client | undefined;
}

/** The matching sessions of an account, the best first. */
interface Matching {
  readonly active: StoredSession[];
  readonly suspended: StoredSession[];
}

/**
 * The answers to earlier queries, by the array of sessions. Extensions ask the same again and again,
 * and the store returns the same array until a session changes.
 */
const answered = new WeakMap<readonly StoredSession[], Map<string, readonly Matching[]>>();

/**
 * Finds the sessions that match a query. Returns one list for each account, the best session first.
 * Active sessions come before suspended sessions that may be refreshed again. Among these, sessions of
 * the preferred client ID come first, then sessions with fewer scopes.
 * @param sessions is not changed afterwards.
 */
export function matchingSessions(
  sessions: readonly StoredSession[],
  query: SessionQuery,
): (readonly StoredSession[])[] {
  const { scopes, accountId, preferredClientId, client } = query;
  const key = JSON.stringify([scopes, accountId, preferredClientId, client?.id, client?.source]);
  const known = answered.get(sessions) ?? new Map<string, readonly Matching[]>();
  answered.set(sessions, known);
  let groups = known.get(key);
  if (!groups) known.set(key, (groups = findMatching(sessions, query)));
  // Whether a suspended session may be refreshed depends on the time.
  return groups
    .map(({ active, suspended }) =>
      suspended.length === 0 ? active : [...active, ...suspended.filter(mayBeRefreshed)],
    )
    .filter(({ length }) => length > 0);
}

function findMatching(
  sessions: readonly StoredSession[],
  { accountId, preferredClientId, ...query }: SessionQuery,
): readonly Matching[] {
  const matching = sessions
    .filter(({ account }) => accountId === undefined || account.id === accountId)
    .filter((session) => answers(session, query))
    .sort(
      (a, b) =>
        Number(a.suspendedAt !== undefined) - Number(b.suspendedAt !== undefined) ||
        Number(a.client.id !== preferredClientId) - Number(b.client.id !== preferredClientId) ||
        grantedScopes(a).length - grantedScopes(b).length,
    );
  const byAccount = new Map<string, Matching>();
  for (const session of matching) {
    const group = byAccount.get(session.account.id) ?? { active: [], suspended: [] };
    (session.suspendedAt === undefined ? group.active : group.suspended).push(session);
    byAccount.set(session.account.id, group);
  }
  return [...byAccount.values()];
}

/** Whether the session belongs to the requested client and covers the requested scopes. */
export function answers(
  session: StoredSession,
  { scopes, client }: Pick<SessionQuery, 'scopes' | 'client'>,
): boolean {
  const isOfClient = client
    ? isSameClient(session.client, client)
    : session.client.source === 'settings';
  return isOfClient && covers(session, scopes);
}

/** Whether Spotify granted the session all of `scopes`, except those that the user chose to leave out. */
export function covers(
  session: Pick<StoredSession, 'token' | 'scopes' | 'leftOut'>,
  scopes: readonly string[],
): boolean {
  const granted = grantedScopes(session);
  const { leftOut } = session;
  return scopes.every((scope) => granted.includes(scope) || leftOut?.includes(scope));
}

/**
 * A cache of the granted scopes by token. Each query compares the scopes of all sessions, and the
 * scopes of a token never change.
 */
const normalized = new WeakMap<TokenInfo, readonly string[]>();

/**
 * Returns the scopes that Spotify granted: `scope` of Spotify's answer, or the requested scopes if the
 * answer had no `scope` (RFC 6749 section 5.1).
 */
export function grantedScopes({
  token,
  scopes,
}: Pick<StoredSession, 'token' | 'scopes'>): readonly string[] {
  if (token.scope === undefined) return scopes;
  let granted = normalized.get(token);
  if (!granted) normalized.set(token, (granted = normalizeScopes(token.scope)));
  return granted;
}
