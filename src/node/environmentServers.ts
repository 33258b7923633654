import { environmentVariable } from '../auth/credentials.ts';
import { endpointsAt } from '../auth/endpoints.ts';
import { loopbackOrigin } from '../auth/loopbackAddress.ts';
import { ACCOUNTS_VARIABLE } from '../common/configuration.ts';
import { SPOTIFY, type SpotifyServers } from '../common/spotifyServers.ts';

const API_VARIABLE = 'SPOTIFY_SDK_API_URL';

/**
 * Returns Spotify’s servers, or the test servers in `SPOTIFY_SDK_ACCOUNTS_URL` and
 * `SPOTIFY_SDK_API_URL`. A test server must have a loopback IP literal as its host. Any other value
 * is ignored. So no environment variable can send codes or tokens to another computer. A test server
 * of the Web API alone is ignored, too: it would get tokens of Spotify’s.
 * @param warn Called with a line for the log if a test server is used, and for each ignored value.
 */
export function spotifyServers(warn: (message: string) => void): SpotifyServers {
  const testServer = testServerIn(ACCOUNTS_VARIABLE, warn);
  const apiUrl = testServerIn(API_VARIABLE, warn);
  if (testServer !== undefined) {
    warn(
      `${ACCOUNTS_VARIABLE} is set: a test server takes the place of Spotify in this window. Sessions and client secrets of Spotify’s are not used.`,
    );
    return { accounts: endpointsAt(testServer), apiUrl: apiUrl ?? SPOTIFY.apiUrl, testServer };
  }
  if (apiUrl !== undefined) warn(`${API_VARIABLE} is ignored without ${ACCOUNTS_VARIABLE}.`);
  return SPOTIFY;
}

function testServerIn(variable: string, warn: (message: string) => void): string | undefined {
  const url = environmentVariable(variable);
  if (!url) return undefined;
  const origin = loopbackOrigin(url);
  if (origin !== undefined) return origin;
  warn(`${variable} is ignored: it is not an http(s) address of a loopback IP literal.`);
  return undefined;
}
