import { answerConsent, authorize } from '../accounts/authorize.ts';
import { allowTokenPreflight, answerTokenRequest } from '../accounts/tokenEndpoint.ts';
import { apiError } from '../api/apiAnswer.ts';
import { changeLibrary, getContains, getSavedTracks } from '../api/library.ts';
import { getCurrentlyPlaying, getDevices, getPlayer, getQueue } from '../api/player.ts';
import * as commands from '../api/playerCommands.ts';
import { addItems, getItems, removeItems, replaceItems } from '../api/playlistItems.ts';
import { changePlaylist, createPlaylist, getMyPlaylists, getPlaylist } from '../api/playlists.ts';
import { getRecentlyPlayed } from '../api/recentlyPlayed.ts';
import { search } from '../api/search.ts';
import { allowPreflight, getMe, getTopTracks, getTrack } from '../api/webApi.ts';
import type { Service } from '../service.ts';
import { htmlAnswer, type Answer } from './answer.ts';
import type { Endpoint, Host } from './endpoint.ts';
import type { SpotifyRequest } from './request.ts';

/** Answers a request. `id` is the part of the path for which the route has `{id}`. */
type Handler = (spotify: Service, request: SpotifyRequest, id: string) => Answer;

export interface Route {
  readonly endpoint: Endpoint;
  readonly answer: (spotify: Service, request: SpotifyRequest) => Answer;
}

export const routes: readonly (readonly [string, Endpoint, Handler])[] = [
  ['accounts GET /authorize', 'authorize', authorize],
  ['accounts POST /authorize/consent', 'consent', answerConsent],
  ['accounts POST /api/token', 'token', answerTokenRequest],
  ['api GET /v1/me', 'me', getMe],
  ['api GET /v1/me/top/tracks', 'top-tracks', getTopTracks],
  ['api PUT /v1/me/library', 'library', changeLibrary],
  ['api DELETE /v1/me/library', 'library', changeLibrary],
  ['api GET /v1/me/library/contains', 'library', getContains],
  ['api GET /v1/me/tracks', 'library', getSavedTracks],
  ['api GET /v1/search', 'search', search],
  ['api GET /v1/tracks/{id}', 'track', getTrack],
  ['api GET /v1/me/player', 'player', getPlayer],
  ['api PUT /v1/me/player', 'player', commands.transfer],
  ['api PUT /v1/me/player/play', 'player', commands.play],
  ['api PUT /v1/me/player/pause', 'player', commands.pause],
  ['api PUT /v1/me/player/seek', 'player', commands.seek],
  ['api PUT /v1/me/player/volume', 'player', commands.setVolume],
  ['api PUT /v1/me/player/shuffle', 'player', commands.setShuffle],
  ['api PUT /v1/me/player/repeat', 'player', commands.setRepeat],
  ['api POST /v1/me/player/next', 'player', commands.skipToNext],
  ['api POST /v1/me/player/previous', 'player', commands.skipToPrevious],
  ['api GET /v1/me/player/currently-playing', 'currently-playing', getCurrentlyPlaying],
  ['api GET /v1/me/player/recently-played', 'recently-played', getRecentlyPlayed],
  ['api GET /v1/me/player/devices', 'devices', getDevices],
  ['api GET /v1/me/player/queue', 'queue', getQueue],
  ['api POST /v1/me/player/queue', 'queue', commands.addToQueue],
  ['api GET /v1/me/playlists', 'playlists', getMyPlaylists],
  ['api POST /v1/me/playlists', 'playlists', createPlaylist],
  ['api GET /v1/playlists/{id}', 'playlist', getPlaylist],
  ['api PUT /v1/playlists/{id}', 'playlist', changePlaylist],
  // The second name is the one before February 2026.
  ...(['items', 'tracks'] as const).flatMap((name) => [
    [`api GET /v1/playlists/{id}/${name}`, 'playlist-items', getItems] as const,
    [`api POST /v1/playlists/{id}/${name}`, 'playlist-items', addItems] as const,
    [`api PUT /v1/playlists/{id}/${name}`, 'playlist-items', replaceItems] as const,
    [`api DELETE /v1/playlists/{id}/${name}`, 'playlist-items', removeItems] as const,
  ]),
];

/** An id in a path that has one. */
const ID = /(?<=^\/v1\/(?:tracks|playlists)\/)[^/]+/;

/** Returns the route of a request. */
export function findRoute(host: Host, { method, path }: SpotifyRequest): Route {
  const id = ID.exec(path)?.[0] ?? '';
  const wanted = `${host} ${method} ${path.replace(ID, '{id}')}`;
  const route = routes.find(([pattern]) => pattern === wanted);
  if (route) {
    const [, endpoint, handle] = route;
    return { endpoint, answer: (spotify, request) => handle(spotify, request, id) };
  }
  const isPreflight = method === 'OPTIONS';
  if (host === 'api')
    return { endpoint: 'other', answer: isPreflight ? allowPreflight : refuseUnknown };
  const isForToken = isPreflight && path === '/api/token';
  return { endpoint: 'other', answer: isForToken ? allowTokenPreflight : showLostPage };
}

/** Also answers a CORS preflight: only the token endpoint allows requests that need one. */
function showLostPage(): Answer {
  return htmlAnswer(404, '<!doctype html><title>Error</title><h1>Something went wrong</h1>');
}

/** Spotify documents the format of this error, but not the text. */
function refuseUnknown(): never {
  throw apiError(404, 'Service not found');
}
