import { ConfigurationError } from './errors.ts';
import { isLoopbackUrl } from './loopbackAddress.ts';

/** Where Spotify's Accounts service is asked. */
export interface Endpoints {
  /** The page a browser is sent to. */
  readonly authorize: string;
  /** The token endpoint. */
  readonly token: string;
}

/** https://developer.spotify.com/documentation/web-api/tutorials/code-pkce-flow */
export const SPOTIFY_ACCOUNTS_URL = 'https://accounts.spotify.com';

/** The endpoints below `accountsUrl`, an origin without a trailing slash. */
export function endpointsAt(accountsUrl: string = SPOTIFY_ACCOUNTS_URL): Endpoints {
  return { authorize: `${accountsUrl}/authorize`, token: `${accountsUrl}/api/token` };
}

/**
 * The endpoints to use; Spotify's unless others are given.
 * @throws ConfigurationError for one that is neither https nor http on a loopback address: tokens
 * are never sent in the clear (RFC 6749 section 3.2).
 */
export function checkedEndpoints(endpoints: Endpoints = endpointsAt()): Endpoints {
  for (const url of [endpoints.authorize, endpoints.token]) {
    const isSafe = URL.canParse(url) && (/^https:/i.test(url) || isPlainLoopback(url));
    if (!isSafe) throw new ConfigurationError(`The endpoint ${url} is not an https address.`);
  }
  return endpoints;
}

function isPlainLoopback(url: string): boolean {
  return /^http:/i.test(url) && isLoopbackUrl(url);
}
