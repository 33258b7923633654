/** One of Spotify’s two hosts: `accounts.spotify.com` or `api.spotify.com`. */
export type Host = 'accounts' | 'api';

/** The endpoints. `other` stands for all paths and methods that the stand-in does not serve. */
export const ENDPOINTS = [
  'authorize',
  'consent',
  'token',
  'me',
  'player',
  'currently-playing',
  'recently-played',
  'devices',
  'queue',
  'top-tracks',
  'library',
  'search',
  'track',
  'playlists',
  'playlist',
  'playlist-items',
  'other',
] as const;

export type Endpoint = (typeof ENDPOINTS)[number];
