import type { Catalogue, Track } from '../catalogue.ts';
import type { User } from '../users.ts';
import { apiError } from './apiAnswer.ts';

/** The body of `PUT /v1/me/player/play`. */
interface PlayRequest {
  readonly uris?: unknown;
  readonly context_uri?: unknown;
  readonly offset?: { readonly position?: number; readonly uri?: string };
  readonly position_ms?: number;
}

/**
 * Plays the tracks or the playlist that the body names. Without one, goes on with the track in the
 * player, or begins with the queue.
 *
 * @returns whether there is a track to play
 * @throws Refusal 400 or 404 for URIs that the catalogue lacks
 */
export function startPlaying(catalogue: Catalogue, user: User, json: unknown): boolean {
  const body = (json ?? {}) as PlayRequest;
  const { player } = user;
  if (body.uris === undefined && body.context_uri === undefined) {
    if (user.nowPlaying === null) playNext(user);
  } else {
    const tracks = body.uris === undefined ? contextTracks(catalogue, body) : body.uris;
    const uris = readTracks(catalogue, tracks);
    const start = body.offset?.uri ? uris.indexOf(body.offset.uri) : (body.offset?.position ?? 0);
    if (!uris[start]) throw apiError(400, 'Invalid offset');
    remember(user);
    user.nowPlaying = uris[start];
    player.upNext = uris.slice(start + 1);
    player.context = body.uris === undefined ? String(body.context_uri) : null;
    player.progressMs = 0;
  }
  if (body.position_ms !== undefined) player.progressMs = body.position_ms;
  player.isPlaying = user.nowPlaying !== null;
  return player.isPlaying;
}

/** Plays the next track: of the queue, else of `upNext`. Without one, nothing is in the player. */
export function playNext(user: User): void {
  const { player } = user;
  remember(user);
  user.nowPlaying = player.queue.shift() ?? player.upNext.shift() ?? null;
  player.progressMs = 0;
  player.isPlaying = user.nowPlaying !== null;
}

/** Plays the previous track, if any, from the beginning. The present one is the next one then. */
export function playPrevious(user: User): void {
  const { player } = user;
  const previous = player.history.pop();
  if (previous !== undefined) {
    if (user.nowPlaying !== null) player.upNext.unshift(user.nowPlaying);
    user.nowPlaying = previous;
  }
  player.progressMs = 0;
  player.isPlaying = user.nowPlaying !== null;
}

/**
 * Checks a list of URIs.
 *
 * @throws Refusal 400 unless all are URIs of tracks in the catalogue
 */
export function readTracks(catalogue: Catalogue, uris: unknown): string[] {
  return findTracks(catalogue, uris).map(({ id }) => `spotify:track:${id}`);
}

/** The same, but returns the tracks. */
export function findTracks({ tracks }: Catalogue, uris: unknown): Track[] {
  if (!Array.isArray(uris)) throw apiError(400, 'No uris provided');
  return uris.map((uri) => {
    const track = tracks.find(({ id }) => uri === `spotify:track:${id}`);
    if (track) return track;
    const isTrack = /^spotify:track:[A-Za-z0-9]{22}$/.test(String(uri));
    throw apiError(400, isTrack ? 'Payload contains a non-existing ID' : 'Invalid track uri');
  });
}

function contextTracks(catalogue: Catalogue, { context_uri: uri }: PlayRequest): string[] {
  const playlist = catalogue.findPlaylist(String(uri));
  if (!playlist) throw apiError(404, 'Context not found');
  return playlist.tracks.map(({ id }) => `spotify:track:${id}`);
}

function remember({ nowPlaying, player }: User): void {
  if (nowPlaying !== null) player.history.push(nowPlaying);
}
