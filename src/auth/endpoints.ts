import { ConfigurationError } from './errors.ts';
import { isLoopbackUrl } from './loopbackAddress.ts';

/** The endpoints of Spotify's Accounts service. */
export interface Endpoints {
  /** URL of the consent page: the authorization endpoint. */
  readonly authorize: string;
  /** URL of the token endpoint. */
  readonly token: string;
}

/** Spotify's server for sign-ins: https://developer.spotify.com/documentation/web-api/tutorials/code-pkce-flow. */
export const SPOTIFY_ACCOUNTS_URL = 'https://accounts.spotify.com';

/**
 * Returns the endpoints of a server, with Spotify's paths.
 * @param accountsUrl An origin without a trailing slash. It uses `https`, or `http` on a loopback IP address.
 */
export function endpointsAt(accountsUrl: string = SPOTIFY_ACCOUNTS_URL): Endpoints {
  return { authorize: `${accountsUrl}/authorize`, token: `${accountsUrl}/api/token` };
}

/**
 * Returns the endpoints after a check; Spotify's by default.
 * @throws ConfigurationError for an endpoint that is neither `https` nor `http` on a loopback address:
 * tokens are never sent unencrypted (RFC 6749 section 3.2).
 */
export function checkedEndpoints(endpoints: Endpoints = endpointsAt()): Endpoints {
  for (const url of [endpoints.authorize, endpoints.token]) {
    const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
    const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopbackUrl(url));
    if (!isSafe) throw new ConfigurationError(`The endpoint ${url} is not an https URL.`);
  }
  return endpoints;
}
