import { type Endpoints, endpointsAt, SPOTIFY_ACCOUNTS_URL } from '../auth/endpoints.ts';

/** The addresses of Spotify’s servers, or of a test server. */
export interface SpotifyServers {
  readonly accounts: Endpoints;
  /** Origin of the Web API, no trailing slash. */
  readonly apiUrl: string;
  /**
   * Origin of the test server in place of accounts.spotify.com; undefined if Spotify’s own servers are
   * used.
   */
  readonly testServer: string | undefined;
}

/** Spotify’s own servers. */
export const SPOTIFY: SpotifyServers = {
  accounts: endpointsAt(SPOTIFY_ACCOUNTS_URL),
  apiUrl: 'https://api.spotify.com',
  testServer: undefined,
};
