import type { Playlist } from '../catalogue.ts';
import type { Answer } from '../http/answer.ts';
import { parameter, type SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import { apiAnswer, apiError } from './apiAnswer.ts';
import { authenticate } from './bearer.ts';
import { linkBase } from './links.ts';
import { snapshotOf, trackObject } from './objects.ts';
import { page } from './paging.ts';
import { findTracks } from './playback.ts';
import { checkWritable, mayReadItems, readable } from './playlistAccess.ts';

/** Spotify’s limit for one request. */
const MOST_URIS = 100;

/** The body of the requests that change the items. */
interface Changes {
  readonly uris?: unknown;
  readonly position?: number;
  /** What to remove. The old path calls it `tracks`. */
  readonly items?: readonly { readonly uri?: unknown }[];
  readonly tracks?: readonly { readonly uri?: unknown }[];
  readonly range_start?: number;
  readonly range_length?: number;
  readonly insert_before?: number;
}

/** `GET /v1/playlists/{id}/items`. */
export function getItems(spotify: Service, request: SpotifyRequest, id: string): Answer {
  const { token, playlist } = open(spotify, request, id);
  if (!mayReadItems(token, playlist)) throw apiError(403, 'Forbidden');
  return apiAnswer(200, itemsPage(request, playlist));
}

/** `POST /v1/playlists/{id}/items`: adds tracks at a position, by default at the end. */
export const addItems = change(201, (playlist, { position, ...body }, spotify, { query }) => {
  const given = parameter(query, 'uris')?.split(',') ?? body.uris;
  const tracks = findTracks(spotify.catalogue, given);
  if (tracks.length > MOST_URIS) {
    throw apiError(400, `You can add a maximum of ${MOST_URIS} tracks per request.`);
  }
  playlist.tracks.splice(position ?? playlist.tracks.length, 0, ...tracks);
});

/** `PUT /v1/playlists/{id}/items`: replaces the items by `uris`, or moves some of them. */
export const replaceItems = change(200, (playlist, body, { catalogue }) => {
  const { range_start: start, range_length: length = 1, insert_before: before } = body;
  if (start === undefined || before === undefined) {
    playlist.tracks = findTracks(catalogue, body.uris);
    return;
  }
  const moved = playlist.tracks.splice(start, length);
  playlist.tracks.splice(before > start ? before - moved.length : before, 0, ...moved);
});

/** `DELETE /v1/playlists/{id}/items`: removes a track as often as it is in the playlist. */
export const removeItems = change(200, (playlist, { items, tracks }, { catalogue }) => {
  const uris = (items ?? tracks)?.map(({ uri }) => uri);
  const removed = new Set(findTracks(catalogue, uris));
  playlist.tracks = playlist.tracks.filter((track) => !removed.has(track));
});

/** A page of the items. The old path calls each of them `track`. */
export function itemsPage(request: SpotifyRequest, playlist: Playlist): object {
  const field = isOldPath(request) ? 'track' : 'item';
  const added_by = { id: playlist.owner.id, type: 'user' };
  return page(request, playlist.tracks, (track) => ({
    added_at: '2026-01-01T00:00:00Z',
    added_by,
    is_local: false,
    [field]: trackObject(track, linkBase(request)),
  }));
}

/** Makes the handler of a request that changes the items. */
function change(
  status: number,
  apply: (playlist: Playlist, body: Changes, spotify: Service, request: SpotifyRequest) => void,
) {
  return (spotify: Service, request: SpotifyRequest, id: string): Answer => {
    const { token, playlist } = open(spotify, request, id);
    checkWritable(token, playlist);
    apply(playlist, request.json ?? {}, spotify, request);
    return apiAnswer(status, { snapshot_id: snapshotOf(playlist) });
  };
}

/** The path with `tracks` is refused in development mode (observed 2026-03). */
function open(spotify: Service, request: SpotifyRequest, id: string) {
  const token = authenticate(spotify, request);
  if (isOldPath(request) && token.app.developmentMode) throw apiError(403, 'Forbidden');
  return { token, playlist: readable(spotify, token, id) };
}

const isOldPath = ({ path }: SpotifyRequest) => path.endsWith('/tracks');
