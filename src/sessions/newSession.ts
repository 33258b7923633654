import type { TokenInfo } from '../auth/tokenInfo.ts';
import { type Client, isSameClient } from '../common/client.ts';
import { covers } from './matchingSessions.ts';
import type { Account, StoredSession } from './storedSession.ts';

/** What a user has agreed to, and got; the account is not known yet. */
export interface Consent {
  readonly client: Client;
  readonly scopes: readonly string[];
  readonly token: TokenInfo;
}

/** What a sign-in brings. */
export interface SignedIn extends Consent {
  /** Its label is what the account would like to be called. */
  readonly account: Account;
  /** Requested scopes that the user chose not to ask for. */
  readonly leftOut?: readonly string[] | undefined;
}

/**
 * The record of a sign-in. One for the same account, client and scopes as a `known` session takes
 * its place and id.
 */
export function newSession(
  signedIn: SignedIn,
  known: readonly StoredSession[],
): Omit<StoredSession, 'revision'> {
  const { scopes } = signedIn;
  const ofAccount = known.filter(({ account }) => isSameAccount(account, signedIn.account));
  const replaced = ofAccount.find(
    (session) => isSameClient(session.client, signedIn.client) && isSameSet(session.scopes, scopes),
  );
  return {
    ...signedIn,
    id: replaced?.id ?? crypto.randomUUID(),
    account: ofAccount[0]?.account ?? { ...signedIn.account, label: freeLabel(signedIn, known) },
    consentedAt: Date.now() / 1000,
  };
}

/** The sessions kept aside that a new one makes needless. */
export function supersededBy(
  session: Omit<StoredSession, 'revision' | 'consentedAt'>,
  known: readonly StoredSession[],
): StoredSession[] {
  return known.filter(
    (other) =>
      other.suspendedAt !== undefined &&
      other.id !== session.id &&
      isSameClient(other.client, session.client) &&
      isSameAccount(other.account, session.account) &&
      covers(session, other.scopes),
  );
}

/** Either id is proof: `account_id` is new, `id` may change. */
export function isSameAccount(a: Account, b: Account): boolean {
  return a.id === b.id || a.profileId === b.profileId;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((scope) => b.includes(scope)) && b.every((scope) => a.includes(scope));
}

/** Two people may have the same name, while VS Code takes equal labels for one account. */
function freeLabel({ account }: SignedIn, known: readonly StoredSession[]): string {
  const taken = new Set(known.map((session) => session.account.label));
  const { label, profileId, id } = account;
  const labels = [label, `${label} (${profileId})`, `${label} (${id})`];
  return labels.find((free) => !taken.has(free)) ?? `${label} (${crypto.randomUUID()})`;
}
