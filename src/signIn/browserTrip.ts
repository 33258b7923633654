import { generateRandomState } from 'oauth4webapi';
import { unlessAborted } from '../auth/abortable.ts';
import { AuthorizationCode } from '../auth/authorizationCode.ts';
import { outcomeOf, requestCode, type SignInOutcome } from '../auth/authorize.ts';
import type { Client } from '../common/client.ts';
import type { Flow, OpenFlow } from '../flows/flow.ts';
import type { Consent } from '../sessions/newSession.ts';
import { exchange, type ExchangeControl } from './consents.ts';
import { WrongAccountError } from './errors.ts';
import type { TripEnvironment } from './signInEnvironment.ts';

/** Options of {@link browserTrip}. */
export interface Trip extends ExchangeControl {
  readonly client: Client;
  readonly scopes: readonly string[];
  /** Whether Spotify's page lets the user change the account that the browser is signed in to. */
  readonly showDialog: boolean;
  readonly openFlow: OpenFlow;
  /** The redirect URI of the settings. If it is undefined, the flow uses its usual one. */
  readonly redirectUri?: string | undefined;
  /** If it aborts, `browserTrip` ends at once and rejects with the reason of the signal. */
  readonly signal: AbortSignal;
}

/**
 * Signs the user in by one flow: opens the flow and then the browser, waits for the answer, exchanges
 * its code, and returns what `settle` returns for the consent. Always closes the flow at the end,
 * which shows the outcome in the browser's tab.
 * @throws FlowUnavailableError before the browser opens, or the errors of `requestCode`, `exchange` and
 * `settle`.
 */
export async function browserTrip<T>(
  trip: Trip,
  environment: TripEnvironment,
  settle: (consent: Consent) => Promise<T>,
): Promise<T> {
  const { client, scopes, signal } = trip;
  const flow = await open(trip);
  let outcome: SignInOutcome = 'failed';
  try {
    const { auth, code } = await askForConsent(trip, flow, environment);
    const consent = { client, scopes, auth, code, receivedAt: Date.now() };
    const settled = await settle(await exchange(consent, trip));
    outcome = 'signedIn';
    return settled;
  } catch (error) {
    outcome = error instanceof WrongAccountError ? 'received' : outcomeOf(error, signal);
    throw error;
  } finally {
    void flow.close(outcome);
  }
}

async function open({ openFlow, redirectUri, signal }: Trip): Promise<Flow> {
  const opening = openFlow({ state: generateRandomState(), redirectUri });
  return unlessAborted(opening, signal).catch((error: unknown) => {
    // If the flow opens after the abort, it is closed at once.
    opening.then((late) => late.close('failed')).catch(() => undefined);
    throw error;
  });
}

async function askForConsent(
  { client, scopes, showDialog, signal }: Trip,
  flow: Flow,
  { servers, fetch, openBrowser }: TripEnvironment,
): Promise<{ auth: AuthorizationCode; code: string }> {
  const auth = new AuthorizationCode({
    clientId: client.id,
    clientSecret: null,
    scope: scopes,
    endpoints: servers.accounts,
    fetch,
  });
  const code = await requestCode(auth, flow, {
    state: flow.state,
    showDialog,
    openBrowser: flow.openBrowser ?? openBrowser,
    signal,
  });
  return { auth, code };
}
