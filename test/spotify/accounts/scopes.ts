/**
 * The scopes that an ordinary app may request, with their texts on the consent page (Spotify,
 * “Scopes”, 2026-02). Partner scopes are missing, because Spotify refuses them to ordinary apps.
 */
export const scopes: ReadonlyMap<string, string> = new Map([
  ['ugc-image-upload', 'Upload cover images for your playlists'],
  ['user-read-playback-state', 'Read your player state, devices and queue'],
  ['user-modify-playback-state', 'Control playback on your devices'],
  ['user-read-currently-playing', 'Read what is playing now'],
  ['app-remote-control', 'Remote-control the app on your phone'],
  ['streaming', 'Play music in the app'],
  ['playlist-read-private', 'See your private playlists'],
  ['playlist-read-collaborative', 'See your collaborative playlists'],
  ['playlist-modify-private', 'Change your private playlists'],
  ['playlist-modify-public', 'Change your public playlists'],
  ['user-follow-modify', 'Follow and unfollow for you'],
  ['user-follow-read', 'See whom you follow'],
  ['user-read-playback-position', 'Read where you stopped in episodes'],
  ['user-top-read', 'Read your top artists and tracks'],
  ['user-read-recently-played', 'Read what you played recently'],
  ['user-library-modify', 'Change your library'],
  ['user-library-read', 'Read your library'],
  ['user-read-email', 'Read your e-mail address'],
  ['user-read-private', 'Read your subscription, country and content setting'],
  ['user-personalized', 'Receive content made for you'],
]);
