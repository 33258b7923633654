import type { Answer } from '../http/answer.ts';
import type { SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import type { User } from '../users.ts';
import { apiAnswer, noContent } from './apiAnswer.ts';
import { authenticateUser } from './bearer.ts';
import { linkBase } from './links.ts';
import { deviceObject, trackObject } from './objects.ts';

/** `GET /v1/me/player/currently-playing`: no content if there is no track. */
export function getCurrentlyPlaying(spotify: Service, request: SpotifyRequest): Answer {
  const user = authenticateUser(spotify, request, 'user-read-currently-playing');
  const item = currentTrack(spotify, request, user);
  return item ? apiAnswer(200, { ...playing(spotify, request, user), item }) : noContent();
}

/** `GET /v1/me/player`: the same with the device and the modes. */
export function getPlayer(spotify: Service, request: SpotifyRequest): Answer {
  const user = authenticateUser(spotify, request, 'user-read-playback-state');
  const item = currentTrack(spotify, request, user);
  const device = user.player.devices.find(({ isActive }) => isActive);
  if (!item || !device) return noContent();
  const { shuffle, repeat } = user.player;
  return apiAnswer(200, {
    device: deviceObject(device),
    shuffle_state: shuffle,
    smart_shuffle: false,
    repeat_state: repeat,
    ...playing(spotify, request, user),
    item,
  });
}

/** `GET /v1/me/player/devices`. */
export function getDevices(spotify: Service, request: SpotifyRequest): Answer {
  const { player } = authenticateUser(spotify, request, 'user-read-playback-state');
  return apiAnswer(200, { devices: player.devices.map(deviceObject) });
}

/** `GET /v1/me/player/queue`: what the user has queued, then the rest of the playlist. */
export function getQueue(spotify: Service, request: SpotifyRequest): Answer {
  const user = authenticateUser(spotify, request, 'user-read-playback-state');
  const { queue, upNext } = user.player;
  const tracks = [...queue, ...upNext].map((uri) => spotify.catalogue.findTrack(uri));
  return apiAnswer(200, {
    currently_playing: currentTrack(spotify, request, user) ?? null,
    queue: tracks.flatMap((track) => (track ? [trackObject(track, linkBase(request))] : [])),
  });
}

/** Returns the track in the player. A name that the catalogue lacks is that of a track by Satie. */
function currentTrack({ catalogue }: Service, request: SpotifyRequest, { nowPlaying }: User) {
  if (nowPlaying === null) return undefined;
  const track = catalogue.findTrack(nowPlaying);
  return track
    ? trackObject(track, linkBase(request))
    : { name: nowPlaying, type: 'track', artists: [{ name: 'Erik Satie' }] };
}

function playing({ clock }: Service, request: SpotifyRequest, { player }: User) {
  const { context, isPlaying, progressMs } = player;
  const id = context?.split(':')[2] ?? '';
  return {
    timestamp: clock.now(),
    context: context && {
      external_urls: { spotify: `https://open.spotify.com/playlist/${id}` },
      href: `${linkBase(request)}/playlists/${id}`,
      type: 'playlist',
      uri: context,
    },
    progress_ms: progressMs,
    currently_playing_type: 'track',
    actions: { disallows: isPlaying ? { resuming: true } : { pausing: true } },
    is_playing: isPlaying,
  };
}
