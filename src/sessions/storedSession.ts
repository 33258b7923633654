import { isObject, isText, parseJsonObject } from '../auth/jsonObject.ts';
import { normalizeScopes } from '../auth/scopes.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import type { Client } from '../common/client.ts';

/** A person's Spotify account. */
export interface Account {
  /** `account_id` of the profile, which never changes; its `id` where there is none. */
  readonly id: string;
  /** `id` of the profile: older, and able to change. */
  readonly profileId: string;
  /** Unique among our accounts and fixed for good: VS Code keys trust by it. */
  readonly label: string;
}

/** One sign-in, as it is kept in SecretStorage. */
export interface StoredSession {
  /** Random, stable for life, never derived from a token. */
  readonly id: string;
  /** The app that it is for. One that an extension named answers only requests that name it. */
  readonly client: Client;
  readonly account: Account;
  /** As asked for; `token.scope` is what was granted. */
  readonly scopes: readonly string[];
  /** What was wanted as well, and the person chose not to ask for: it answers such wishes, too. */
  readonly leftOut?: readonly string[] | undefined;
  readonly token: TokenInfo;
  /** Seconds since the epoch: six months later the refresh token ends (Spotify, 2026-06-18). */
  readonly consentedAt: number;
  /** Seconds since the epoch: when the token was got, where that was later than the consent. */
  readonly refreshedAt?: number;
  /** Grows with every write, so that two copies of a record can be told older and newer. */
  readonly revision: number;
  /**
   * Seconds since the epoch: when Spotify last refused the refresh token. The session is kept
   * aside then, unseen, since outages have refused good ones.
   */
  readonly suspendedAt?: number;
}

/** Six months in seconds, at their shortest (Spotify names no exact number). */
export const REFRESH_TOKEN_LIFETIME = 181 * 24 * 3600;

/** A refused session is tried again after this, in seconds. */
const TRY_AGAIN_AFTER = 3600;

const VERSION = 1;

/** The record as text. */
export function serializeSession(session: StoredSession): string {
  const { id, client, account, scopes, leftOut, token } = session;
  const { consentedAt, refreshedAt, revision: generation, suspendedAt: refusedAt } = session;
  return JSON.stringify({
    version: VERSION,
    id,
    clientId: client.id,
    isMarked: client.source === 'extension' || undefined,
    ...{ account, scopes, leftOut, token },
    ...{ consentedAt, refreshedAt, generation, refusedAt },
  });
}

/** The record; `newer` where a later version of the extension wrote it, undefined if it is none. */
export function parseSession(text: string): StoredSession | 'newer' | undefined {
  const record = parseJsonObject(text);
  const version = record?.['version'];
  if (typeof version === 'number' && version > VERSION) return 'newer';
  if (!record || version !== VERSION) return undefined;
  const { id, clientId, isMarked, account, scopes, leftOut, token } = record;
  const { consentedAt, refreshedAt, generation: revision, refusedAt: suspendedAt } = record;
  if (!isText(id) || !isText(clientId) || !isAccount(account) || !isToken(token)) return undefined;
  if (!isTextList(scopes)) return undefined;
  if (typeof consentedAt !== 'number' || typeof revision !== 'number') return undefined;
  return {
    id,
    client: { id: clientId, source: isMarked === true ? 'extension' : 'settings' },
    ...{ account, scopes, token, consentedAt, revision },
    ...(isTextList(leftOut) && { leftOut }),
    ...(typeof refreshedAt === 'number' && { refreshedAt }),
    ...(typeof suspendedAt === 'number' && { suspendedAt }),
  };
}

/**
 * Whether `text` is a record that `other` must not make way for. Of two that were written at the same
 * time, one that Spotify has refused gives way.
 */
export function isOlderRecord(text: string, other: string | undefined): boolean {
  return areSessions(text, other, (one, known) => {
    const isRefused = one.suspendedAt !== undefined;
    return one.revision - known.revision < Number(isRefused && known.suspendedAt === undefined);
  });
}

/** Whether two records differ at most by what a request brings anew: not by consent or refresh token. */
export function isSameGrant(text: string, other: string | undefined): boolean {
  return areSessions(
    text,
    other,
    (one, known) =>
      one.token.refreshToken === known.token.refreshToken && one.consentedAt === known.consentedAt,
  );
}

/** Whether both are records that can be read, and `compare` says so of them. */
function areSessions(
  text: string,
  other: string | undefined,
  compare: (one: StoredSession, other: StoredSession) => boolean,
): boolean {
  const [one, known] = [parseSession(text), parseSession(other ?? '')];
  return typeof one === 'object' && typeof known === 'object' && compare(one, known);
}

/** Whether the session's token was got within the last `seconds`. */
export function isYoung(
  { consentedAt, refreshedAt = consentedAt }: Pick<StoredSession, 'consentedAt' | 'refreshedAt'>,
  seconds: number,
): boolean {
  // A clock that was set back leaves tokens from the future.
  return Math.abs(Date.now() / 1000 - refreshedAt) < seconds;
}

/** A clock may be as far behind another machine's that shares the secrets, in seconds. */
const CLOCK_DIFFERENCE = 60;

/** Whether the clock was set back since the token was got: when that ends is not known then. */
export function isFromFuture({
  consentedAt,
  refreshedAt = consentedAt,
}: Pick<StoredSession, 'consentedAt' | 'refreshedAt'>): boolean {
  return refreshedAt - Date.now() / 1000 > CLOCK_DIFFERENCE;
}

/** Whether asking Spotify for a token of the session may bring one. */
export function mayBeAsked({ suspendedAt }: StoredSession): boolean {
  // A clock that was set back leaves refusals from the future.
  return suspendedAt === undefined || Math.abs(Date.now() / 1000 - suspendedAt) >= TRY_AGAIN_AFTER;
}

/** Whether the session's token may do everything that `scopes` name, but for what was left out. */
export function covers(
  session: Pick<StoredSession, 'token' | 'scopes' | 'leftOut'>,
  scopes: readonly string[],
): boolean {
  const granted = grantedScopes(session);
  const { leftOut } = session;
  return scopes.every((scope) => granted.includes(scope) || leftOut?.includes(scope));
}

/** Every question goes through all sessions, and a token keeps its scopes. */
const granted = new WeakMap<TokenInfo, readonly string[]>();

/** What Spotify granted; it says so, but for refreshes that leave it out. */
export function grantedScopes({
  token,
  scopes,
}: Pick<StoredSession, 'token' | 'scopes'>): readonly string[] {
  if (token.scope === undefined) return scopes;
  let known = granted.get(token);
  if (!known) granted.set(token, (known = normalizeScopes(token.scope)));
  return known;
}

function isAccount(value: unknown): value is Account {
  return (
    isObject(value) && isText(value['id']) && isText(value['profileId']) && isText(value['label'])
  );
}

function isToken(value: unknown): value is TokenInfo {
  if (!isObject(value) || !isText(value['accessToken'])) return false;
  const { expiresAt, refreshToken, scope } = value;
  return (
    typeof expiresAt === 'number' &&
    (refreshToken === undefined || isText(refreshToken)) &&
    (scope === undefined || typeof scope === 'string')
  );
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}
