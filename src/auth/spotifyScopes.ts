/** https://developer.spotify.com/documentation/web-api/concepts/scopes, partner scopes left out. */
export const SPOTIFY_SCOPES = [
  'ugc-image-upload',
  'user-read-playback-state',
  'user-modify-playback-state',
  'user-read-currently-playing',
  'app-remote-control',
  'streaming',
  'playlist-read-private',
  'playlist-read-collaborative',
  'playlist-modify-private',
  'playlist-modify-public',
  'user-follow-modify',
  'user-follow-read',
  'user-read-playback-position',
  'user-top-read',
  'user-read-recently-played',
  'user-library-modify',
  'user-library-read',
  'user-read-email',
  'user-read-private',
  'user-personalized',
] as const;

/** A scope. Any string is accepted, since Spotify adds scopes without notice. */
export type SpotifyScope = (typeof SPOTIFY_SCOPES)[number] | (string & {});
