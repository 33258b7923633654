import { ownClient } from '../../../src/common/client.ts';
import { endpointsAt } from '../../../src/auth/index.ts';
import { loopbackFlow, type LoopbackFlowOptions } from '../../../src/flows/loopbackFlow.ts';
import type { SignedIn } from '../../../src/sessions/newSession.ts';
import type { OpenFlow } from '../../../src/flows/flow.ts';
import { LoopbackServer } from '../../../src/auth/node/loopbackServer.ts';
import { identify } from '../../../src/signIn/account.ts';
import { browserTrip } from '../../../src/signIn/browserTrip.ts';
import type { TripEnvironment } from '../../../src/signIn/signInEnvironment.ts';
import { type App, type Spotify, startSpotify } from '../../spotify/index.ts';
import { KeptLog } from '../keptLog.ts';

/** Options of one sign-in. */
export interface SceneOptions {
  readonly openFlow: OpenFlow;
  /** The redirect URI of the settings. */
  readonly redirectUri?: string;
  /** What the browser does with the address. By default nothing. */
  readonly browse?: (url: string) => unknown;
  readonly signal?: AbortSignal;
  readonly fetch?: TripEnvironment['fetch'];
}

/** Sign-ins by any flow, at a stand-in where the user Alva agrees at once. */
export class SignInScene {
  readonly spotify: Spotify;
  readonly app: App;
  /** The addresses that a browser was opened with. */
  readonly opened: string[] = [];
  readonly log = new KeptLog();

  private constructor(spotify: Spotify, redirectUris: string[]) {
    this.spotify = spotify;
    this.app = spotify.addApp({ redirectUris });
    spotify.addUser({ id: 'alva', displayName: 'Alva' });
    spotify.behaviour.consent = { agreeAs: 'alva' };
  }

  /** @param redirectUris Those that the app lists. */
  static async set(...redirectUris: string[]): Promise<SignInScene> {
    return new SignInScene(await startSpotify(), redirectUris);
  }

  signIn({ openFlow, redirectUri, browse, signal, fetch }: SceneOptions): Promise<SignedIn> {
    const trip = {
      client: ownClient(this.app.clientId),
      scopes: ['user-read-private'],
      showDialog: false,
      openFlow,
      redirectUri,
      signal: signal ?? AbortSignal.timeout(10_000),
    };
    const environment = this.environment({
      ...(fetch && { fetch }),
      openBrowser: async (url) => {
        this.opened.push(url);
        await browse?.(url);
      },
    });
    return browserTrip(trip, environment, (consent) => identify(consent, trip.signal, environment));
  }

  environment(different: Partial<TripEnvironment> = {}): TripEnvironment {
    return {
      servers: {
        accounts: endpointsAt(this.spotify.accountsUrl),
        apiUrl: this.spotify.apiUrl,
        testServer: undefined,
      },
      fetch,
      openBrowser: () => Promise.resolve(),
      ...different,
    };
  }

  /** The redirect URIs of the requests for Spotify's page, and of those that exchange a code. */
  get redirectUris(): { asked: (string | null)[]; exchanged: (string | null)[] } {
    const { requests } = this.spotify;
    return {
      asked: requests.to('authorize').map(({ query }) => query.get('redirect_uri')),
      exchanged: requests.to('token').map(({ form }) => form.get('redirect_uri')),
    };
  }

  close(): Promise<void> {
    return this.spotify.close();
  }
}

/** The loopback flow, with a page that names the outcome of the sign-in. */
export function loopback(
  isForwarded: (port: number) => Promise<boolean> = () => Promise.resolve(true),
): OpenFlow {
  const loadPage = () => Promise.resolve((kind: string) => `the page says ${kind}`);
  const listen: LoopbackFlowOptions['listen'] = (options) => LoopbackServer.listen(options);
  return loopbackFlow({ listen, isForwarded, loadPage });
}

/** The address to which Spotify redirects a browser that opens `url`. */
export async function endOf(url: string): Promise<URL> {
  const answer = await fetch(url, { redirect: 'manual' });
  const location = answer.headers.get('location');
  if (!location) throw new Error(`Spotify shows a page: ${await answer.text()}`);
  return new URL(location);
}

/** An address as VS Code passes it to a URI handler: decoded once. */
export const asLink = ({ search }: URL): { query: string } => ({
  query: decodeURIComponent(search.slice(1)),
});
