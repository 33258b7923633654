import { generateRandomState } from 'oauth4webapi';
import { AuthorizationCode } from '../auth/authorizationCode.ts';
import { authorize } from '../auth/authorize.ts';
import type { PageKind, SignInOutcome } from '../auth/callbackPage.ts';
import { AuthorizationDeniedError } from '../auth/errors.ts';
import type { Fetch } from '../auth/transport.ts';
import type { SpotifyServers } from '../configuration.ts';
import type { SignedIn } from '../sessions/newSession.ts';
import { fetchAccount } from './account.ts';
import type { Flow, FlowOptions } from './flow.ts';

/** What a sign-in needs of the world around it. */
export interface SignInEnvironment {
  readonly servers: SpotifyServers;
  readonly fetch: Fetch;
  readonly openFlow: (options: FlowOptions) => Promise<Flow>;
  /** Makes the documents for the browser's tab. */
  readonly loadPage: () => Promise<(kind: PageKind) => string>;
  /** Rejects when the person does not want the browser to open. */
  readonly openBrowser: (url: string) => Promise<void>;
}

/** Who signs in to what. */
export interface SignInRequest {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Lets the person choose another account than the one the browser is signed in to. */
  readonly showDialog: boolean;
  /** Ends the sign-in at once; it rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/** How a person becomes a session: consent in the browser, checked answer, tokens, account. */
export async function signIn(
  { clientId, scopes, showDialog, signal }: SignInRequest,
  { servers, fetch, openFlow, loadPage, openBrowser }: SignInEnvironment,
): Promise<SignedIn> {
  const state = generateRandomState();
  const flow = await openFlow({ state, page: await loadPage() });
  let outcome: SignInOutcome = 'failed';
  try {
    const auth = new AuthorizationCode({
      clientId,
      clientSecret: null,
      scope: scopes,
      endpoints: servers.accounts,
      fetch,
    });
    const token = await authorize(auth, flow, { state, showDialog, openBrowser, signal });
    const account = await fetchAccount(servers.apiUrl, token.accessToken, { fetch, signal });
    outcome = 'signedIn';
    return { clientId, account, scopes, token };
  } catch (error) {
    if (error instanceof AuthorizationDeniedError) outcome = 'denied';
    throw error;
  } finally {
    void flow.close(outcome);
  }
}
