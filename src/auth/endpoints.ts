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
