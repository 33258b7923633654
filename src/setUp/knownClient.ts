import type { Endpoints } from '../auth/endpoints.ts';
import { isInvalidClient } from '../auth/errors.ts';
import { validateCode } from '../auth/responseUrl.ts';
import { TokenEndpoint } from '../auth/tokenEndpoint.ts';
import type { Fetch } from '../auth/transport.ts';
import { LOOPBACK_REDIRECT_URI } from '../common/redirectUri.ts';

/** The person waits for the answer, and the sign-in gives it too; in milliseconds. */
const TIMEOUT_MS = 5000;

/** Where and how Spotify is asked. */
export interface ClientQuestion {
  readonly accounts: Endpoints;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
}

/**
 * Whether Spotify's token endpoint knows a client ID, asked with a code that it never issued: false
 * for `invalid_client` only (RFC 6749 section 5.2), true for every other answer and for none.
 * Rejects with the signal's reason once that is aborted.
 */
export async function isKnownClient(
  clientId: string,
  { accounts, fetch, signal }: ClientQuestion,
): Promise<boolean> {
  const limits = { fetch, timeoutMs: TIMEOUT_MS, timeBudgetMs: TIMEOUT_MS, maxRetries: 0 };
  const made = {
    response: validateCode('no-code-only-a-question-about-the-client-id'),
    redirectUri: LOOPBACK_REDIRECT_URI,
    codeVerifier: 'x'.repeat(43),
  };
  try {
    await new TokenEndpoint({ clientId }, accounts, limits).exchangeCode({ ...made, signal });
  } catch (error) {
    signal.throwIfAborted();
    return !isInvalidClient(error);
  }
  return true;
}
