import { normalizeScopes } from '../auth/scopes.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import { type Client, isSameClient } from '../common/client.ts';
import { mayBeRefreshed } from './sessionTimes.ts';
import type { StoredSession } from './storedSession.ts';

/** What sessions are looked for. */
export interface Wanted {
  readonly scopes: readonly string[];
  /** The only account that may answer, where one is named. */
  readonly accountId: string | undefined;
  /** The app whose sessions come first. */
  readonly preferredClientId: string | undefined;
  /** App that the extension named. Only its sessions match, and they match no other request. */
  readonly client?: Client | undefined;
}

/**
 * The sessions that can answer, a list for each account, the best first: living ones before those
 * kept aside that are due for another try, those of the configured client before others, narrow
 * ones before those that may do more.
 */
export function matchingSessions(
  sessions: readonly StoredSession[],
  { accountId, preferredClientId, ...wanted }: Wanted,
): StoredSession[][] {
  const matching = sessions
    .filter(({ account }) => accountId === undefined || account.id === accountId)
    .filter((session) => answers(session, wanted) && mayBeRefreshed(session))
    .sort(
      (a, b) =>
        Number(a.suspendedAt !== undefined) - Number(b.suspendedAt !== undefined) ||
        Number(a.client.id !== preferredClientId) - Number(b.client.id !== preferredClientId) ||
        grantedScopes(a).length - grantedScopes(b).length,
    );
  const byAccount = new Map<string, StoredSession[]>();
  for (const session of matching) {
    byAccount.set(session.account.id, [...(byAccount.get(session.account.id) ?? []), session]);
  }
  return [...byAccount.values()];
}

/** Whether the session, as long as it lives, is what an extension gets that wants this. */
export function answers(
  session: StoredSession,
  { scopes, client }: Pick<Wanted, 'scopes' | 'client'>,
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

/** The granted scopes by token, which keeps them: each request compares those of all sessions. */
const normalized = new WeakMap<TokenInfo, readonly string[]>();

/**
 * The scopes that Spotify granted: `scope` of its answer, or the requested scopes if the answer had
 * no `scope` (RFC 6749 section 5.1).
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
