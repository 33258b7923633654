import type { Endpoints } from '../auth/endpoints.ts';
import { isInvalidClient } from '../auth/errors.ts';
import { TokenEndpoint } from '../auth/tokenEndpoint.ts';
import type { Fetch } from '../auth/transport.ts';
import { LOOPBACK_REDIRECT_URI } from '../common/redirectUri.ts';

/**
 * How long to wait for Spotify's answer, in milliseconds. The sign-in that follows checks the client
 * ID, too.
 */
const TIMEOUT_MS = 5000;

/** The options of {@link isKnownClient}. */
export interface ClientQuestion {
  readonly accounts: Endpoints;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
}

/**
 * Asks Spotify's token endpoint whether it knows a client ID. The request has an authorization code
 * that Spotify never issued. Returns false for the error `invalid_client` (RFC 6749 section 5.2).
 * Returns true for every other answer, and if Spotify does not answer. Rejects with the signal's reason
 * when the signal is aborted.
 */
export async function isKnownClient(
  clientId: string,
  { accounts, fetch, signal }: ClientQuestion,
): Promise<boolean> {
  const limits = { fetch, timeoutMs: TIMEOUT_MS, timeBudgetMs: TIMEOUT_MS, maxRetries: 0 };
  const madeUp = {
    code: 'no-code-only-a-question-about-the-client-id',
    redirectUri: LOOPBACK_REDIRECT_URI,
    codeVerifier: 'x'.repeat(43),
  };
  try {
    await new TokenEndpoint({ clientId }, accounts, limits).exchangeCode({ ...madeUp, signal });
  } catch (error) {
    signal.throwIfAborted();
    return !isInvalidClient(error);
  }
  return true;
}
