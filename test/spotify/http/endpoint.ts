/** Which of Spotify's two hosts: `accounts.spotify.com` or `api.spotify.com`. */
export type Host = 'accounts' | 'api';

/** What can be asked for; `other` is every path or method that Spotify does not serve. */
export type Endpoint =
  | 'authorize'
  | 'consent'
  | 'token'
  | 'me'
  | 'currently-playing'
  | 'top-tracks'
  | 'search'
  | 'other';
