import { covers, grantedScopes, mayBeAsked, type StoredSession } from './storedSession.ts';

/** What sessions are looked for. */
export interface Wanted {
  readonly scopes: readonly string[];
  /** The only account that may answer, where one is named. */
  readonly accountId: string | undefined;
  /** Whose sessions come first. */
  readonly clientId: string | undefined;
  /** The client that the extension brings: no other one's sessions answer, and they nobody else. */
  readonly markedClientId?: string | undefined;
}

/**
 * The sessions that can answer, a list for each account, the best first: living ones before those
 * kept aside that are due for another try, those of the configured client before others, narrow
 * ones before those that may do more.
 */
export function matchingSessions(
  sessions: readonly StoredSession[],
  { accountId, clientId, ...wanted }: Wanted,
): StoredSession[][] {
  const matching = sessions
    .filter(({ account }) => accountId === undefined || account.id === accountId)
    .filter((session) => answers(session, wanted) && mayBeAsked(session))
    .sort(
      (a, b) =>
        Number(a.suspendedAt !== undefined) - Number(b.suspendedAt !== undefined) ||
        Number(a.clientId !== clientId) - Number(b.clientId !== clientId) ||
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
  { scopes, markedClientId }: Pick<Wanted, 'scopes' | 'markedClientId'>,
): boolean {
  const isOfClient = session.isMarked
    ? session.clientId === markedClientId
    : markedClientId === undefined;
  return isOfClient && covers(session, scopes);
}
