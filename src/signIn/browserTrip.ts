import { generateRandomState } from 'oauth4webapi';
import { unlessAborted } from '../auth/abortable.ts';
import { AuthorizationCode } from '../auth/authorizationCode.ts';
import { authorize, outcomeOf, type SignInOutcome } from '../auth/authorize.ts';
import type { Client } from '../common/client.ts';
import type { Flow, OpenFlow } from '../flows/flow.ts';
import type { Consent } from '../sessions/newSession.ts';
import { WrongAccountError } from './errors.ts';
import type { TripEnvironment } from './signInEnvironment.ts';

/** One trip through the browser, by one flow. */
export interface Trip {
  readonly client: Client;
  readonly scopes: readonly string[];
  /** Whether Spotify's page lets the user change the account that the browser is signed in to. */
  readonly showDialog: boolean;
  readonly openFlow: OpenFlow;
  /** The redirect URI of the settings; undefined for the usual one of the flow. */
  readonly redirectUri?: string | undefined;
  /** Ends the trip at once; the promise rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Makes one trip to Spotify's page and back: opens the flow, then the browser, waits for the answer,
 * exchanges the code, has `settle` deal with the consent, and always closes the flow. The browser's
 * tab learns the outcome after `settle`.
 * @throws FlowUnavailableError before the browser opens. Otherwise as `authorize` and `settle`.
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
    const token = await askForConsent(trip, flow, environment);
    const settled = await settle({ client, scopes, token });
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
    // A flow that opens too late is closed at once.
    opening.then((late) => late.close('failed')).catch(() => undefined);
    throw error;
  });
}

function askForConsent(
  { client, scopes, showDialog, signal }: Trip,
  flow: Flow,
  { servers, fetch, openBrowser }: TripEnvironment,
): ReturnType<typeof authorize> {
  const auth = new AuthorizationCode({
    clientId: client.id,
    clientSecret: null,
    scope: scopes,
    endpoints: servers.accounts,
    fetch,
  });
  const { state } = flow;
  return authorize(auth, flow, {
    state,
    showDialog,
    openBrowser: flow.openBrowser ?? openBrowser,
    signal,
  });
}
