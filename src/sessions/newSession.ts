import type { TokenInfo } from '../auth/tokenInfo.ts';
import { type Client, isSameClient } from '../common/client.ts';
import { freeLabel } from './accountLabel.ts';
import { covers } from './matchingSessions.ts';
import type { Account, StoredSession } from './storedSession.ts';

/** A user's consent, and the token that Spotify issued for it. The account is not known yet. */
export interface Consent {
  readonly client: Client;
  /** The scopes that were requested. */
  readonly scopes: readonly string[];
  readonly token: TokenInfo;
}

/** The result of a sign-in. */
export interface SignedIn extends Consent {
  /** The account as Spotify describes it. Another account may have the same label. */
  readonly account: Account;
  /** Scopes that an extension wanted and the user chose to leave out. */
  readonly leftOut?: readonly string[] | undefined;
}

/**
 * Makes the record of a sign-in. If a session in `known` has the same account, client and scopes, the
 * record takes the id of that session and so replaces it. Otherwise its id is random. If `known` has
 * the account, the record takes that account with its label. Otherwise the account gets a label that no
 * account in `known` or `former` has.
 * @param former Accounts that were signed in earlier. VS Code may remember their labels.
 */
export function newSession(
  signedIn: SignedIn,
  known: readonly StoredSession[],
  former: readonly Account[] = [],
): Omit<StoredSession, 'revision'> {
  const { scopes } = signedIn;
  // The session has a time of its own, which the token would keep after the next consent.
  const { consentedAt, ...token } = signedIn.token;
  const ofAccount = known.filter(({ account }) => isSameAccount(account, signedIn.account));
  const replaced = ofAccount.find(
    (session) => isSameClient(session.client, signedIn.client) && isSameSet(session.scopes, scopes),
  );
  const others = [...known.map(({ account }) => account), ...former];
  const label = freeLabel(
    signedIn.account,
    others.filter((account) => !isSameAccount(account, signedIn.account)),
  );
  return {
    ...signedIn,
    token,
    id: replaced?.id ?? crypto.randomUUID(),
    account: ofAccount[0]?.account ?? { ...signedIn.account, label },
    consentedAt: Date.now() / 1000,
  };
}

/**
 * Returns the suspended sessions that the new session makes needless: they have the same account, the
 * new session covers their scopes, and every request that they match is one that the new session
 * matches. So they have the same client, or both clients are of the user's choice.
 */
export function supersededBy(
  session: Omit<StoredSession, 'revision' | 'consentedAt'>,
  known: readonly StoredSession[],
): StoredSession[] {
  return known.filter(
    (other) =>
      other.suspendedAt !== undefined &&
      other.id !== session.id &&
      matchSameRequests(other.client, session.client) &&
      isSameAccount(other.account, session.account) &&
      covers(session, other.scopes),
  );
}

/**
 * Whether two accounts are the same: one of their two ids is equal. Old records have no `account_id`,
 * and the profile's `id` may change.
 */
export function isSameAccount(a: Account, b: Account): boolean {
  return a.id === b.id || a.profileId === b.profileId;
}

type OfAccount = Pick<StoredSession, 'client' | 'account'>;

/** Whether both sessions belong to the same account and the same app. */
export function isSibling(a: OfAccount, b: OfAccount): boolean {
  return isSameClient(a.client, b.client) && isSameAccount(a.account, b.account);
}

/** Whether the sessions of both clients match the same requests; see `matchingSessions`. */
const matchSameRequests = (a: Client, b: Client): boolean =>
  a.source === b.source && (a.source === 'settings' || a.id === b.id);

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((scope) => b.includes(scope)) && b.every((scope) => a.includes(scope));
}
