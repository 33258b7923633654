import { environmentVariable } from '../auth/credentials.ts';
import { type Endpoints, endpointsAt } from '../auth/endpoints.ts';
import { ConfigurationError } from '../auth/errors.ts';
import { loopbackOrigin } from '../auth/loopbackAddress.ts';

export const SPOTIFY_API = 'https://api.spotify.com';

/** The servers that requests go to. */
export interface Servers {
  readonly accounts: Endpoints;
  /** Origin of the Web API. */
  readonly apiUrl: string;
  /** Origin of the accounts server in place of Spotify's; undefined for Spotify. */
  readonly testServer: string | undefined;
}

/**
 * Returns Spotify's servers, or the test servers in `SPOTIFY_SDK_ACCOUNTS_URL` and
 * `SPOTIFY_SDK_API_URL`.
 * @throws ConfigurationError unless their hosts are loopback IP literals, so that no variable sends a
 * token to another computer; and for a test server of the Web API alone, which would get Spotify's tokens.
 */
export function chosenServers(): Servers {
  const testServer = testServerIn('SPOTIFY_SDK_ACCOUNTS_URL');
  const apiUrl = testServerIn('SPOTIFY_SDK_API_URL');
  if (apiUrl && !testServer) {
    throw new ConfigurationError('SPOTIFY_SDK_API_URL needs SPOTIFY_SDK_ACCOUNTS_URL beside it.');
  }
  return { accounts: endpointsAt(testServer), apiUrl: apiUrl ?? SPOTIFY_API, testServer };
}

function testServerIn(variable: string): string | undefined {
  const url = environmentVariable(variable);
  if (!url) return undefined;
  const origin = loopbackOrigin(url);
  if (origin !== undefined) return origin;
  throw new ConfigurationError(
    `${variable} must be an http(s) address whose host is a loopback IP literal, such as 127.0.0.1.`,
  );
}
