import { AuthenticationError, InvalidResponseError } from '../auth/errors.ts';
import { parseJsonObject } from '../auth/jsonObject.ts';
import { withRetries } from '../auth/retry.ts';
import { type Fetch, send } from '../auth/transport.ts';
import { isTransient, throwIfTransient } from '../auth/transientErrors.ts';
import { type Consent, isSameAccount, type SignedIn } from '../sessions/newSession.ts';
import type { Account, StoredSession } from '../sessions/storedSession.ts';
import type { TripEnvironment } from './signInEnvironment.ts';
import { AccountRefusedError, AccountUnansweredError } from './errors.ts';

/** Limits for one request and for all retries together, in milliseconds. */
const TIMEOUT_MS = 10_000;
const TIME_BUDGET_MS = 30_000;

/**
 * Asks Spotify for the account of a consent.
 * @throws AccountRefusedError, and AccountUnansweredError when Spotify cannot answer at the moment.
 */
export async function identify(
  consent: Consent,
  signal: AbortSignal,
  { servers, fetch }: Pick<TripEnvironment, 'servers' | 'fetch'>,
): Promise<SignedIn> {
  try {
    const { accessToken } = consent.token;
    const account = await fetchAccount(servers.apiUrl, accessToken, { fetch, signal });
    return { ...consent, account };
  } catch (error) {
    throw isTransient(error) ? new AccountUnansweredError(consent, error) : error;
  }
}

/**
 * Whether `account` is the requested account, by either of its ids. True if none was requested.
 * @param known Sessions, which tell both ids of the requested account.
 */
export function isRequestedAccount(
  account: Account,
  requested: { readonly id: string } | undefined,
  known: readonly StoredSession[],
): boolean {
  if (!requested || requested.id === account.id) return true;
  return known.some(
    (session) => session.account.id === requested.id && isSameAccount(session.account, account),
  );
}

/**
 * The account of a token, from `GET /v1/me`.
 * https://developer.spotify.com/documentation/web-api/reference/get-current-users-profile
 * @throws AccountRefusedError when Spotify refuses this user or the app's owner (403).
 */
async function fetchAccount(
  apiUrl: string,
  accessToken: string,
  { fetch, signal }: { readonly fetch: Fetch; readonly signal: AbortSignal },
): Promise<Account> {
  // A redirect that is followed would carry the token elsewhere.
  const init: RequestInit = {
    headers: { Authorization: `Bearer ${accessToken}` },
    redirect: 'manual',
  };
  const ask = async (leftMs: number): Promise<Account> => {
    const timeoutMs = Math.min(TIMEOUT_MS, leftMs);
    const response = await send(`${apiUrl}/v1/me`, init, { fetch, timeoutMs, signal });
    throwIfTransient(response);
    const body = await response.text();
    if (response.status !== 200) throw refusal(response.status, body);
    return accountOf(body);
  };
  return withRetries(ask, {
    maxRetries: 3,
    timeBudgetMs: TIME_BUDGET_MS,
    repeatable: true,
    signal,
  });
}

/** Only the status decides. The text of a 403, which Spotify rewords, chooses the explanation. */
function refusal(status: number, body: string): Error {
  if (status === 403) {
    return new AccountRefusedError(/premium/i.test(body) ? 'ownerNeedsPremium' : 'notListed');
  }
  return new AuthenticationError(`Spotify refused to name the account of the token (${status}).`, {
    status,
  });
}

/** `account_id` exists since May 2026, `id` may change, `display_name` may be null. */
function accountOf(body: string): Account {
  const profile = parseJsonObject(body);
  if (!profile) {
    throw new InvalidResponseError('Spotify’s profile answer is not a JSON object.', {
      status: 200,
    });
  }
  const profileId = text(profile['id']);
  const id = text(profile['account_id']) ?? profileId;
  if (!id) throw new InvalidResponseError('Spotify’s profile answer has no "id".', { status: 200 });
  return {
    id,
    profileId: profileId ?? id,
    label: text(profile['display_name']) ?? profileId ?? id,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
