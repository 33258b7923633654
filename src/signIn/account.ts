import { AuthenticationError, InvalidResponseError } from '../auth/errors.ts';
import { parseJsonObject } from '../auth/jsonObject.ts';
import { withRetries } from '../auth/retry.ts';
import { type Fetch, send } from '../auth/transport.ts';
import { isTransient, throwIfTransient } from '../auth/transientErrors.ts';
import { labelAt } from '../common/testServer.ts';
import { accountName } from '../sessions/accountLabel.ts';
import { type Consent, isSameAccount, type SignedIn } from '../sessions/newSession.ts';
import type { Account, StoredSession } from '../sessions/storedSession.ts';
import type { TripEnvironment } from './signInEnvironment.ts';
import { AccountRefusedError, AccountUnansweredError } from './errors.ts';

/** Time limit of one request, in milliseconds. */
const TIMEOUT_MS = 10_000;
/** Time limit of a request and all its retries together, in milliseconds. */
const TIME_BUDGET_MS = 30_000;

/**
 * Asks Spotify which account gave the consent. Returns the consent with that account.
 * @throws AccountRefusedError if Spotify refuses the user or the owner of the app,
 * AccountUnansweredError if Spotify cannot answer at the moment.
 */
export async function identify(
  consent: Consent,
  signal: AbortSignal,
  { servers, fetch }: Pick<TripEnvironment, 'servers' | 'fetch'>,
): Promise<SignedIn> {
  try {
    const { accessToken } = consent.token;
    const account = await fetchAccount(servers.apiUrl, accessToken, { fetch, signal });
    const label = labelAt(servers.testServer, account.label);
    return { ...consent, account: { ...account, label } };
  } catch (error) {
    throw isTransient(error) ? new AccountUnansweredError(consent, error) : error;
  }
}

/**
 * Whether `account` is the requested account; true if none was requested. An account has two ids,
 * and it is enough if one of them is the same.
 * @param known The stored sessions. If the requested account is among them, they tell its other id.
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
 * Returns the account of an access token, from `GET /v1/me`.
 * https://developer.spotify.com/documentation/web-api/reference/get-current-users-profile
 * @throws AccountRefusedError if Spotify refuses the user or the owner of the app (status 403).
 */
async function fetchAccount(
  apiUrl: string,
  accessToken: string,
  { fetch, signal }: { readonly fetch: Fetch; readonly signal: AbortSignal },
): Promise<Account> {
  // A redirect is not followed: it could send the token to another server.
  const init: RequestInit = {
    headers: { Authorization: `Bearer ${accessToken}` },
    redirect: 'manual',
  };
  const ask = async (leftMs: number): Promise<Account> => {
    const timeoutMs = Math.min(TIMEOUT_MS, leftMs);
    const response = await send(`${apiUrl}/v1/me`, init, { fetch, timeoutMs, signal });
    const body = await response.text();
    throwIfTransient(response, body, [accessToken]);
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

/**
 * Makes the error for an answer with a status other than 200. With status 403, the text of the
 * answer chooses the reason. Nothing else depends on this text, because Spotify may reword it.
 */
function refusal(status: number, body: string): Error {
  if (status === 403) {
    return new AccountRefusedError(/premium/i.test(body) ? 'ownerNeedsPremium' : 'notListed');
  }
  return new AuthenticationError(`Spotify refused to name the account of the token (${status}).`, {
    status,
  });
}

/**
 * Reads the account from the body of the answer. `account_id` exists since May 2026, `id` may
 * change, and `display_name` may be null, or nothing that is seen.
 */
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
  const account = { id, profileId: profileId ?? id, label: text(profile['display_name']) ?? '' };
  return { ...account, label: accountName(account) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
