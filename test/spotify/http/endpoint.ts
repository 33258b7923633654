/** One of Spotify’s two hosts: `accounts.spotify.com` or `api.spotify.com`. */
export type Host = 'accounts' | 'api';

/** The endpoints. `other` stands for all paths and methods that the stand-in does not serve. */
export type Endpoint =
  | 'authorize'
  | 'consent'
  | 'token'
  | 'me'
  | 'currently-playing'
  | 'top-tracks'
  | 'search'
  | 'other';
