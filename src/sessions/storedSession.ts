import { normalizeScopes } from '../auth/scopes.ts';
import type { TokenInfo } from '../auth/tokenInfo.ts';

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
  readonly clientId: string;
  readonly account: Account;
  /** As asked for; `token.scope` is what was granted. */
  readonly scopes: readonly string[];
  readonly token: TokenInfo;
  /** Seconds since the epoch: six months later the refresh token ends (Spotify, 2026-06-18). */
  readonly consentedAt: number;
}

const VERSION = 1;

/** The record as text. */
export function serializeSession(session: StoredSession): string {
  const { id, clientId, account, scopes, token, consentedAt } = session;
  return JSON.stringify({ version: VERSION, id, clientId, account, scopes, token, consentedAt });
}

/** The record, or undefined where `text` is not one of this version. */
export function parseSession(text: string): StoredSession | undefined {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(record) || record['version'] !== VERSION) return undefined;
  const { id, clientId, account, scopes, token, consentedAt } = record;
  if (!isText(id) || !isText(clientId) || typeof consentedAt !== 'number') return undefined;
  if (!isAccount(account) || !isToken(token)) return undefined;
  if (!Array.isArray(scopes) || !scopes.every(isText)) return undefined;
  return { id, clientId, account, scopes, token, consentedAt };
}

/** Whether the session's token may do everything that `scopes` name. */
export function covers(session: StoredSession, scopes: readonly string[]): boolean {
  const granted = grantedScopes(session);
  return scopes.every((scope) => granted.includes(scope));
}

/** What Spotify granted; it says so, but for refreshes that leave it out. */
export function grantedScopes({ token, scopes }: StoredSession): readonly string[] {
  return token.scope === undefined ? scopes : normalizeScopes(token.scope);
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
