import type { Playlist } from '../catalogue.ts';
import type { Answer } from '../http/answer.ts';
import type { SpotifyRequest } from '../http/request.ts';
import type { Service } from '../service.ts';
import type { AccessToken } from '../tokens.ts';
import type { User } from '../users.ts';
import { apiAnswer, apiError } from './apiAnswer.ts';
import { authenticate } from './bearer.ts';
import { linkBase } from './links.ts';
import { playlistObject } from './objects.ts';
import { page } from './paging.ts';
import { checkWritable, mayRead, mayReadItems, readable } from './playlistAccess.ts';
import { itemsPage } from './playlistItems.ts';

/** The members that the body may set. */
type Details = Partial<Pick<Playlist, 'name' | 'description' | 'public' | 'collaborative'>>;

/** `GET /v1/me/playlists`: those of the user that the scopes include. */
export function getMyPlaylists(spotify: Service, request: SpotifyRequest): Answer {
  const token = authenticate(spotify, request);
  const user = userOf(token);
  const own = spotify.catalogue.playlists.filter(
    (one) => (one.owner === user || one.collaborative) && mayRead(token, one),
  );
  const show = (playlist: Playlist) => listed(playlist, request, token);
  return apiAnswer(200, page(request, own, show));
}

/** `POST /v1/me/playlists`: an empty playlist, public unless the body says something else. */
export function createPlaylist(spotify: Service, request: SpotifyRequest): Answer {
  const token = authenticate(spotify, request);
  const details = readDetails(request);
  const { name } = details;
  if (!name) throw apiError(400, 'Missing required field: name');
  const owner = userOf(token);
  checkWritable(token, { owner, public: true, collaborative: false, ...details });
  const playlist = spotify.catalogue.addPlaylist({ ...details, name, owner });
  return apiAnswer(201, listed(playlist, request, token));
}

/** `GET /v1/playlists/{id}`: its items only for the owner and collaborators (Spotify, February 2026). */
export function getPlaylist(spotify: Service, request: SpotifyRequest, id: string): Answer {
  const token = authenticate(spotify, request);
  const playlist = readable(spotify, token, id);
  const shown = playlistObject(playlist, linkBase(request));
  if (!mayReadItems(token, playlist)) return apiAnswer(200, shown);
  const field = itemsField(token);
  const path = `${request.path}/${field}`;
  const items = itemsPage({ ...request, path, query: new URLSearchParams() }, playlist);
  return apiAnswer(200, { ...shown, [field]: items });
}

/** `PUT /v1/playlists/{id}`: changes what the body names. */
export function changePlaylist(spotify: Service, request: SpotifyRequest, id: string): Answer {
  const token = authenticate(spotify, request);
  const playlist = readable(spotify, token, id);
  checkWritable(token, playlist);
  Object.assign(playlist, readDetails(request));
  return apiAnswer(200, {});
}

/** A playlist with the number of its items. */
function listed(playlist: Playlist, request: SpotifyRequest, token: AccessToken): object {
  const shown = playlistObject(playlist, linkBase(request));
  const field = itemsField(token);
  return { ...shown, [field]: { href: `${shown.href}/${field}`, total: playlist.tracks.length } };
}

/** The name of the items, which changed for development mode in February 2026. */
const itemsField = ({ app }: AccessToken) => (app.developmentMode ? 'items' : 'tracks');

function userOf({ user }: AccessToken): User {
  if (!user) throw apiError(401, 'Unauthorized.');
  return user;
}

function readDetails({ json }: SpotifyRequest): Details {
  if (typeof json !== 'object' || json === null) throw apiError(400, 'Error parsing JSON.');
  const types = {
    name: 'string',
    description: 'string',
    public: 'boolean',
    collaborative: 'boolean',
  };
  return Object.fromEntries(
    Object.entries(json).filter(
      ([key, value]) => types[key as keyof typeof types] === typeof value,
    ),
  );
}
