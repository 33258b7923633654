import { generateRandomState } from 'oauth4webapi';
import { AuthorizationCode } from '../auth/authorizationCode.ts';
import { authorize } from '../auth/authorize.ts';
import { outcomeOf, type SignInOutcome } from '../auth/signInOutcome.ts';
import { isTransient } from '../auth/transientErrors.ts';
import type { Fetch } from '../auth/transport.ts';
import { unlessAborted } from '../auth/abortable.ts';
import type { Client } from '../common/client.ts';
import type { SpotifyServers } from '../common/configuration.ts';
import type { Log } from '../common/log.ts';
import type { SignedIn } from '../sessions/newSession.ts';
import { grantedScopes } from '../sessions/storedSession.ts';
import type { Account } from '../sessions/storedSession.ts';
import { fetchAccount } from './account.ts';
import { AccountUnansweredError, type Consent } from './errors.ts';
import type { Flow, OpenFlow } from '../flows/flow.ts';

/** What a sign-in needs of the world around it. */
export interface SignInEnvironment {
  readonly servers: SpotifyServers;
  readonly fetch: Fetch;
  /** Rejects when the person does not want the browser to open. */
  readonly openBrowser: (url: string) => Promise<void>;
}

/** Who signs in to what. */
export interface SignInRequest {
  readonly client: Client;
  readonly scopes: readonly string[];
  /** Lets the person choose another account than the one the browser is signed in to. */
  readonly showDialog: boolean;
  /** Whether this account will do; where it will not, the tab does not say that it is signed in. */
  readonly isWanted?: ((account: Account) => boolean) | undefined;
}

/** By which way, and how long. */
export interface SignInWay {
  readonly openFlow: OpenFlow;
  /** The redirect URI of the settings; undefined for the usual one of the flow. */
  readonly redirectUri?: string | undefined;
  /** Ends the sign-in at once; it rejects with the signal's reason. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * How a person becomes a session: consent in the browser, checked answer, tokens, account.
 * @throws FlowUnavailableError before the browser opens, AccountRefusedError,
 * AccountUnansweredError with what need not be asked for again; otherwise as `authorize`.
 */
export async function signIn(
  request: SignInRequest,
  { openFlow, redirectUri, signal, log }: SignInWay,
  environment: SignInEnvironment,
): Promise<SignedIn> {
  const opening = openFlow({ state: generateRandomState(), redirectUri });
  const flow = await unlessAborted(opening, signal).catch((error: unknown) => {
    // What opens too late is closed at once.
    opening.then((late) => late.close('failed')).catch(() => undefined);
    throw error;
  });
  let outcome: SignInOutcome = 'failed';
  try {
    const consent = await askForConsent(request, flow, signal, environment);
    log.debug(describeToken(consent));
    const signedIn = await identify(consent, signal, environment);
    log.debug('Spotify has named the account.');
    outcome = request.isWanted?.(signedIn.account) === false ? 'received' : 'signedIn';
    return signedIn;
  } catch (error) {
    outcome = outcomeOf(error, signal);
    throw error;
  } finally {
    void flow.close(outcome);
  }
}

/**
 * Asks whose token it is.
 * @throws AccountRefusedError, AccountUnansweredError
 */
export async function identify(
  consent: Consent,
  signal: AbortSignal,
  { servers, fetch }: SignInEnvironment,
): Promise<SignedIn> {
  try {
    const { accessToken } = consent.token;
    return {
      ...consent,
      account: await fetchAccount(servers.apiUrl, accessToken, { fetch, signal }),
    };
  } catch (error) {
    if (isTransient(error)) throw new AccountUnansweredError(consent, error);
    throw error;
  }
}

async function askForConsent(
  { client, scopes, showDialog }: SignInRequest,
  flow: Flow,
  signal: AbortSignal,
  environment: SignInEnvironment,
): Promise<Consent> {
  const auth = new AuthorizationCode({
    clientId: client.id,
    clientSecret: null,
    scope: scopes,
    endpoints: environment.servers.accounts,
    fetch: environment.fetch,
  });
  const { state, openBrowser = environment.openBrowser } = flow;
  const token = await authorize(auth, flow, { state, showDialog, openBrowser, signal });
  return { client, scopes, token };
}

function describeToken({ token, scopes }: Consent): string {
  const seconds = Math.round(token.expiresAt - Date.now() / 1000);
  const granted = grantedScopes({ token, scopes }).length;
  return `Spotify has issued a token for ${granted} scope(s) and ${seconds} s.`;
}
