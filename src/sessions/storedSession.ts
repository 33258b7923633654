import { isObject, isText, parseJsonObject } from '../auth/jsonObject.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';
import type { Client } from '../common/client.ts';
import { unambiguous } from './accountLabel.ts';

/** A user's Spotify account. */
export interface Account {
  /** `account_id` of Spotify's profile, which never changes; `id` of a profile without `account_id`. */
  readonly id: string;
  /** `id` of the profile, which may change. Spotify introduced it before `account_id`. */
  readonly profileId: string;
  /**
   * The name that the user sees. It is unique among our accounts and never changes, because VS Code
   * remembers by the label which extensions may use the account.
   */
  readonly label: string;
}

/** One sign-in, as SecretStorage keeps it. */
export interface StoredSession {
  /** A random id. It never changes while the session exists, and is not derived from a token. */
  readonly id: string;
  /**
   * The Spotify app of the session. If an extension named the client ID of the app, the session matches
   * only requests that name the same client ID.
   */
  readonly client: Client;
  readonly account: Account;
  /** The scopes that were requested; `token.scope` has the granted ones. */
  readonly scopes: readonly string[];
  /** Scopes that an extension wanted and the user chose to leave out. The session still covers them. */
  readonly leftOut?: readonly string[] | undefined;
  readonly token: TokenInfo;
  /**
   * When the user consented, in seconds since the epoch. The refresh token ends six months later
   * (Spotify, 2026-06-18).
   */
  readonly consentedAt: number;
  /**
   * When the token was issued, in seconds since the epoch; undefined if it was issued at the consent.
   */
  readonly refreshedAt?: number;
  /** Grows with every write. Of two copies of a record, the one with the higher revision is newer. */
  readonly revision: number;
  /**
   * When Spotify last refused the refresh token, in seconds since the epoch; undefined if the session
   * is not suspended. VS Code does not see a suspended session. The session stays stored, because
   * Spotify has refused good tokens during outages.
   */
  readonly suspendedAt?: number;
}

/** A session that is to be stored. `revision` is that of the record from which it was made, if any. */
export type UnstoredSession = Omit<StoredSession, 'revision'> & { readonly revision?: number };

const VERSION = 1;

/**
 * The labels with which VS Code would take a user for an app of the provider `spotify-app`. No other label of
 * a stored record changes, because VS Code would forget which extensions may use the account.
 */
const APP_LABEL = /^app-.*…$/;

/**
 * Returns the session as a stored record. Some keys of the record have the names of earlier versions.
 */
export function serializeSession(session: StoredSession): string {
  const { id, client, account, scopes, leftOut, token } = session;
  const { consentedAt, refreshedAt, revision, suspendedAt } = session;
  return JSON.stringify({
    version: VERSION,
    id,
    clientId: client.id,
    isMarked: client.source === 'extension' || undefined,
    account,
    scopes,
    leftOut,
    token,
    consentedAt,
    refreshedAt,
    generation: revision,
    refusedAt: suspendedAt,
  });
}

/**
 * Returns the session of a stored record. Returns `newer` if a later version of this extension wrote
 * the record. Returns undefined if `text` is no record, or if it is the record of another session than
 * `ofId`.
 */
export function parseSession(text: string, ofId?: string): StoredSession | 'newer' | undefined {
  const record = parseJsonObject(text);
  const version = record?.['version'];
  if (typeof version === 'number' && version > VERSION) return 'newer';
  if (!record || version !== VERSION) return undefined;
  const { id, clientId, isMarked, account, scopes, leftOut, token } = record;
  const { consentedAt, refreshedAt, generation: revision, refusedAt: suspendedAt } = record;
  if (!isText(id) || !isText(clientId) || !isAccount(account) || !isToken(token)) return undefined;
  if (!isTextList(scopes) || (ofId !== undefined && id !== ofId)) return undefined;
  if (typeof consentedAt !== 'number' || typeof revision !== 'number') return undefined;
  return {
    id,
    client: { id: clientId, source: isMarked === true ? 'extension' : 'settings' },
    account: APP_LABEL.test(account.label)
      ? { ...account, label: unambiguous(account.label) }
      : account,
    scopes,
    token,
    consentedAt,
    revision,
    ...(isTextList(leftOut) && { leftOut }),
    ...(typeof refreshedAt === 'number' && { refreshedAt }),
    ...(typeof suspendedAt === 'number' && { suspendedAt }),
  };
}

/** Whether a stored value is an account. */
export function isAccount(value: unknown): value is Account {
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
